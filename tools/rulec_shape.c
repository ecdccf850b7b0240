/* rulec_shape.c: the grammar of the rules language, one line a kind of row.
 * SPDX-License-Identifier: Apache-2.0 */
#include "rulec.h"

#include "base/banned.h"

#define TOP                                                                                        \
    {                                                                                              \
        KIND_NONE                                                                                  \
    }

const struct shape shapes[KINDS] = {
    [KIND_MANUAL] = {"manual", TOP, 2, 2, true, true, "manual NAME DAY ja en CLAUSE", NULL},
    [KIND_ROLE] = {"role", TOP, 2, 2, true, true, "role NAME SORT ja en CLAUSE",
                   "office delegated any board party outside machine audience"},
    [KIND_STATE] = {"state", TOP, 2, 9, true, true, "state NAME ROLE… | final ja en CLAUSE", NULL},
    [KIND_FUNCTION] = {"function", TOP, 1, 1, true, true, "function NAME ja en CLAUSE", NULL},
    [KIND_ACT] = {"act", TOP, 2, 3, true, true, "act NAME SORT [FUNCTION] ja en CLAUSE",
                  "files receives records assesses decides turns reopens"},
    [KIND_SUBJECT] = {"subject", TOP, 1, 9, true, true, "subject NAME [with SUBJECT…] ja en CLAUSE",
                      NULL},
    [KIND_THING] = {"thing", TOP, 3, 3, true, true, "thing NAME of SUBJECT ja en CLAUSE", NULL},
    [KIND_NUMBER] = {"number", TOP, 2, 2, true, true, "number NAME PARAMETER ja en CLAUSE", NULL},
    [KIND_DOCUMENT] = {"document", TOP, 2, 2, true, true, "document NAME SORT ja en CLAUSE",
                       "public party internal sealed"},
    [KIND_NOTICE] = {"notice", TOP, 2, 2, true, true, "notice NAME SORT ja en CLAUSE",
                     "inbox mail letter public"},
    [KIND_PARAMETER] = {"parameter", TOP, 3, 18, true, true,
                        "parameter NAME SORT DEFAULT [of WORD…] ja en CLAUSE",
                        "days working-days span number numbers flag word words day office format "
                        "text"},
    [KIND_FACT] = {"fact", TOP, 3, 9, true, true,
                   "fact NAME KIND SUBJECT [by PARAMETER…] ja en CLAUSE",
                   "flag number day instant word words span"},
    [KIND_GUARD] = {"guard", TOP, 4, 16, true, true,
                    "guard NAME [takes SORT] FAMILY reads FACT… ja en CLAUSE", NULL},
    [KIND_EFFECT] = {"effect", TOP, 1, 9, true, true,
                     "effect NAME [takes SORT] [works] [sets SUBJECT…] ja en CLAUSE", NULL},
    [KIND_LIST] = {"list", TOP, 1, 3, true, true, "list NAME [of KIND] ja en CLAUSE", NULL},
    [KIND_FIELD] =
        {"field", TOP, 2, 3, true, true, "field NAME SORT [LIMITS] ja en CLAUSE",
         "text lines email phone url day number yen yesno one-of some-of models "
         "checklist criteria "
         "by-criterion facility file corporate-number country label case person span ja-en "
         "setting"},
    [KIND_FORM] = {"form", TOP, 1, 1, true, true, "form NAME ja en CLAUSE", NULL},
    [KIND_BLANK] = {"blank", TOP, 2, 2, true, true, "blank NAME own | open ja en CLAUSE",
                    "own open"},
    [KIND_CLAUSE] = {"clause", TOP, 2, 2, true, true, "clause KIND WHERE ja en ID", NULL},
    [KIND_FAULT] = {"fault", TOP, 3, 3, true, false, "fault CODE STATUS EXIT ja en", NULL},
    [KIND_PROCEDURE] = {"procedure", TOP, 3, 3, false, true, "procedure NAME on SUBJECT CLAUSE",
                        NULL},
    [KIND_ITEM] = {"item", {KIND_LIST}, 1, 1, true, false, "item NAME ja en", NULL},
    [KIND_STEP] = {"step",
                   {KIND_PROCEDURE, KIND_ALSO},
                   6,
                   20,
                   false,
                   true,
                   "step NAME FROM… -> TO by ROLE… CLAUSE",
                   NULL},
    [KIND_APPOINTED_BY] =
        {"appointed-by", {KIND_ROLE}, 1, 1, false, true, "appointed-by ROLE CLAUSE", NULL},
    [KIND_STANDS_FOR] =
        {"stands-for", {KIND_ROLE}, 1, 1, false, true, "stands-for ROLE CLAUSE", NULL},
    [KIND_WHEN] =
        {"when", {KIND_STEP, KIND_ROLE}, 1, 2, false, true, "when GUARD [WHAT] CLAUSE", NULL},
    [KIND_CURE] = {"cure", {KIND_GUARD, KIND_FAULT}, 0, 0, true, false, "cure ja en", NULL},
    [KIND_HINT] = {"hint", {KIND_FIELD}, 0, 0, true, false, "hint ja en", NULL},
    [KIND_HAS] = {"has", {KIND_FORM}, 1, 24, false, true, "has FIELD… CLAUSE", NULL},
    [KIND_MAY] = {"may", {KIND_FORM}, 1, 24, false, true, "may FIELD… CLAUSE", NULL},
    [KIND_TITLE] = {"title", {KIND_PROCEDURE}, 0, 0, true, false, "title ja en", NULL},
    [KIND_NOTE] = {"note", {KIND_PROCEDURE, KIND_ALSO}, 0, 0, true, false, "note ja en", NULL},
    [KIND_SEEN_BY] =
        {"seen-by", {KIND_PROCEDURE, KIND_ALSO}, 1, 20, false, true, "seen-by ROLE… CLAUSE", NULL},
    [KIND_SEALED] = {"sealed", {KIND_PROCEDURE}, 0, 0, false, true, "sealed CLAUSE", NULL},
    [KIND_NEEDS] = {"needs", {KIND_STEP}, 1, 9, false, true, "needs DOCUMENT… CLAUSE", NULL},
    [KIND_ASKS] = {"asks", {KIND_STEP}, 1, 1, false, true, "asks FORM CLAUSE", NULL},
    [KIND_APART] =
        {"apart", {KIND_STEP}, 1, 9, false, true, "apart [PROCEDURE/]STEP… CLAUSE", NULL},
    [KIND_DOES] = {"does", {KIND_STEP}, 1, 2, false, true, "does EFFECT [WHAT] CLAUSE", NULL},
    [KIND_TELLS] = {"tells", {KIND_STEP}, 2, 9, false, true, "tells ROLE… NOTICE CLAUSE", NULL},
    [KIND_WITHIN] = {"within", {KIND_STEP}, 1, 1, false, true, "within PARAMETER CLAUSE", NULL},
    [KIND_TEXT] = {"text", {KIND_NOTICE}, 0, 0, true, false, "text ja en", NULL},
    [KIND_SHOWS] = {"shows", {KIND_NOTICE}, 1, 16, false, false, "shows NAME…", NULL},
    [KIND_ALSO] = {"also", TOP, 1, 1, false, true, "also PROCEDURE CLAUSE", NULL},
    [KIND_AT] = {"at", {KIND_STEP}, 1, 1, false, true, "at FACT CLAUSE", NULL},
    [KIND_THEN] = {"then", {KIND_STEP}, 2, 2, false, true, "then PROCEDURE STEP CLAUSE", NULL},
};
