/* banned.h: functions that no part of Hoshi may call; included last by every .c file.
 * SPDX-License-Identifier: Apache-2.0
 *
 * Unbounded copies, hidden static state, and the local time zone. */
#ifndef HOSHI_BANNED_H
#define HOSHI_BANNED_H
#undef sprintf /* macros when clang checks bounds */
#undef vsprintf
#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf strtok gets
#pragma GCC poison gmtime localtime ctime asctime mktime atoi atol atof
#endif
