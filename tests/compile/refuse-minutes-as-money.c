/* Minutes are not cents. */
#include "base/out.h"
money price(minutes);
money price(minutes m) { return m; }
