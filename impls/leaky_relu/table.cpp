// table: the correctly rounded result of every binary16 and bfloat16 number, looked up; lut/whole.hpp has the
// rows.
#include "impls/lut/whole.hpp"
