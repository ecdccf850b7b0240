/* random.c: numbers that the same seed makes again.
 * SPDX-License-Identifier: Apache-2.0 */
#include "sim.h"

#include "base/banned.h"

uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

size_t random_below(struct sim *sim, size_t n)
{
    return n ? (size_t)(random_next(&sim->shared->random) % n) : 0;
}

bool random_chance(struct sim *sim, unsigned percent)
{
    return random_below(sim, 100) < percent;
}
