/* Where the computer's cat and the mop want to go. */
#ifndef BRAIN_H
#define BRAIN_H

#include "walkers.h"

void thinkCat(byte skill);  /* the second cat; skill 0-7; may throw a ball */
void thinkMop(void);

#endif
