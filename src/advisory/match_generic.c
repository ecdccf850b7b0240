/* match_generic.c: words that tell nothing by themselves, and what is left of a name without them.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "advisory/match_words.h"
#include "base/buf.h"

#include "base/banned.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* `ours`: kinds of products and what their names are filled up with. */
static const char *const generic[] = {"camera",
                                      "cam",
                                      "network",
                                      "router",
                                      "wireless",
                                      "lan",
                                      "wan",
                                      "wifi",
                                      "wi-fi",
                                      "smart",
                                      "home",
                                      "gateway",
                                      "switch",
                                      "hub",
                                      "sensor",
                                      "device",
                                      "system",
                                      "iot",
                                      "security",
                                      "surveillance",
                                      "access",
                                      "point",
                                      "modem",
                                      "nas",
                                      "storage",
                                      "server",
                                      "printer",
                                      "light",
                                      "lamp",
                                      "bulb",
                                      "lock",
                                      "door",
                                      "intercom",
                                      "recorder",
                                      "nvr",
                                      "dvr",
                                      "ip",
                                      "web",
                                      "firmware",
                                      "software",
                                      "app",
                                      "application",
                                      "series",
                                      "family",
                                      "model",
                                      "models",
                                      "pro",
                                      "plus",
                                      "mini",
                                      "lite",
                                      "max",
                                      "and",
                                      "for",
                                      "the",
                                      "with",
                                      "of",
                                      "all",
                                      "products",
                                      "product",
                                      "client",
                                      "agent",
                                      "core",
                                      "api",
                                      "sdk",
                                      "library",
                                      "driver",
                                      "os",
                                      "linux",
                                      "kernel",
                                      "android",
                                      "ios",
                                      "controller",
                                      "management",
                                      "console",
                                      "service",
                                      "tool",
                                      "tools",
                                      "utils",
                                      "common",
                                      "version",
                                      "indoor",
                                      "outdoor",
                                      "unit",
                                      "box",
                                      "mesh",
                                      "video",
                                      "tv",
                                      "phone",
                                      "terminal",
                                      "station",
                                      "ネットワーク",
                                      "カメラ",
                                      "ルータ",
                                      "ルーター",
                                      "スマート",
                                      "ホーム",
                                      "ゲートウェイ",
                                      "スイッチ",
                                      "ハブ",
                                      "センサ",
                                      "センサー",
                                      "システム",
                                      "アクセス",
                                      "ポイント",
                                      "モデム",
                                      "ストレージ",
                                      "サーバ",
                                      "サーバー",
                                      "プリンタ",
                                      "プリンター",
                                      "ライト",
                                      "ランプ",
                                      "ロック",
                                      "ドアホン",
                                      "ドア",
                                      "インターホン",
                                      "レコーダ",
                                      "レコーダー",
                                      "ファームウェア",
                                      "ソフトウェア",
                                      "アプリ",
                                      "アプリケーション",
                                      "シリーズ",
                                      "ファミリー",
                                      "モデル",
                                      "エアコン",
                                      "コンソール",
                                      "コントローラ",
                                      "コントローラー",
                                      "デバイス",
                                      "セキュリティ",
                                      "バージョン",
                                      "ワイヤレス",
                                      "無線",
                                      "有線",
                                      "監視",
                                      "防犯",
                                      "家電",
                                      "電球",
                                      "照明",
                                      "機器",
                                      "装置",
                                      "製品",
                                      "製",
                                      "用",
                                      "親機",
                                      "子機",
                                      "屋外",
                                      "屋内",
                                      "電気",
                                      "錠",
                                      "対応",
                                      "付",
                                      "型",
                                      "の",
                                      "および",
                                      "及",
                                      "び",
                                      "等",
                                      "各",
                                      "全",
                                      "すべて"};

/* A run may be several of them without a blank: ネットワークカメラ. */
static bool is_generic(struct str text, int depth)
{
    if (!text.bytes)
        return true;
    for (size_t i = 0; depth && i < sizeof generic / sizeof *generic; i++)
        if (str_starts(text, generic[i]) &&
            is_generic((struct str){text.at + strlen(generic[i]), text.bytes - strlen(generic[i])},
                       depth - 1))
            return true;
    return false;
}

bool word_is_generic(const struct word *word)
{
    enum { PARTS_MAX = 4 };
    for (size_t i = 0; word->ascii && i < sizeof generic / sizeof *generic; i++)
        if (str_is(word->text, generic[i]))
            return true;
    return !word->ascii && is_generic(word->text, PARTS_MAX);
}

bool words_are_generic(struct name_words words)
{
    for (size_t i = 0; i < words.n; i++)
        if (!word_is_generic(&words.at[i]))
            return false;
    return true;
}

bool name_is_generic(struct arena *arena, struct str text)
{
    return words_are_generic(name_words_of(arena, text));
}

/* "1.02", "v2.0", "ver1", "v3": a version, no model number. */
bool looks_like_version(struct str text)
{
    static const char *const fronts[] = {"version", "ver.", "ver", "rev.", "rev", "v"};
    bool front = false;
    for (size_t i = 0; !front && i < sizeof fronts / sizeof *fronts; i++)
        if (str_starts(text, fronts[i])) {
            front = true;
            text = str_skip(text, strlen(fronts[i]));
        }
    bool dot = false, digits = text.bytes > 0;
    for (size_t i = 0; i < text.bytes; i++) {
        dot = dot || text.at[i] == '.';
        digits = digits && (is_digit(text.at[i]) || text.at[i] == '.');
    }
    return text.bytes && is_digit(text.at[0]) && (dot || (front && digits));
}

/* A word with a digit that may be a model number: three characters or more. */
bool looks_like_model(const struct word *word)
{
    return word->ascii && word->digit && word->text.bytes >= 3 && !looks_like_version(word->text);
}

struct str name_core(struct arena *arena, struct name_words words)
{
    enum { CORE_BYTES_MIN = 4, CORE_BYTES_MAX = 400 };
    struct buf core = buf_new(arena, CORE_BYTES_MAX);
    for (size_t i = 0; i < words.n; i++) {
        const struct word *word = &words.at[i];
        bool version = word->ascii && looks_like_version(word->text);
        if (!word_is_generic(word) && !looks_like_model(word) && !version)
            buf_add(&core, word->text);
    }
    return core.bytes >= CORE_BYTES_MIN ? buf_str(&core) : STR_NONE;
}

struct str maker_core(struct arena *arena, struct str folded)
{
    static const char *const ends[] = {"japan",    "holdings", "group",    "international",
                                       "ジャパン", "日本",     "グループ", "ホルディングス"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        size_t bytes = strlen(ends[i]);
        if (str_ends(folded, ends[i]) && folded.bytes >= bytes + 4)
            return str_copy(arena, (struct str){folded.at, folded.bytes - bytes});
    }
    return STR_NONE;
}

struct str maker_first_word(struct arena *arena, struct str name)
{
    enum { LETTERS_MIN = 5 };
    struct name_words words = name_words_of(arena, name);
    for (size_t i = 0; i < words.n; i++)
        if (words.at[i].ascii && words.at[i].text.bytes >= LETTERS_MIN)
            return word_is_generic(&words.at[i]) ? STR_NONE : words.at[i].text;
    return STR_NONE;
}
