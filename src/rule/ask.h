/* ask.h: the single questions of a judgement: judge.c asks until one fails, why.c asks them all.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_ASK_H
#define HOSHI_ASK_H

#include "rule/judge.h"

bool ask_authority(const struct rulebook *book, const struct step_row *step, int role);
bool ask_state(const struct rulebook *book, const struct step_row *step, int state);
/* Unknown steps of the actor refuse. */
bool ask_apart(const struct apart_row *apart, const struct facts *facts);
/* Gives the guard the function of the step's act where it takes one. */
bool ask_guard(const struct rulebook *book, const struct step_row *step, const struct use *use,
               const struct facts *facts);
/* A step with no day of its own is always due; one whose day is not known never is. */
bool ask_due(const struct rulebook *book, const struct step_row *step, const struct facts *facts);
const char *authority_clause(const struct rulebook *book, const struct step_row *step);

#endif
