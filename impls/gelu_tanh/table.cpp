// table: the correctly rounded result of every binary16 and bfloat16 number, looked up; see lut/whole.hpp.
#include "impls/lut/whole.hpp"

ULPFRONT_WHOLE_ROWS()
