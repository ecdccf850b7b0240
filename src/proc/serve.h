/* serve.h: hoshi serve.
 * SPDX-License-Identifier: Apache-2.0 */
#ifndef HOSHI_SERVE_H
#define HOSHI_SERVE_H

/* argv: what follows "serve". Gives the exit code. */
int serve(int argc, char **argv);

#endif
