/* main.c: hoshi: `serve` here, every other command in cli/.
 * SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "cli/cli.h"
#include "proc/serve.h"
#include "proc/signer.h"

#include "base/banned.h"

int main(int argc, char **argv)
{
    bool help = argc > 2 && strcmp(argv[2], "--help") == 0;
    if (argc > 1 && strcmp(argv[1], "serve") == 0 && !help)
        return serve(argc - 2, argv + 2);
    return cli_main_signing(argc, argv, signer_for_desk);
}
