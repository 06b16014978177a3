#include "web/words.h"
#include "base/lang.h"
#include "base/out.h"

#include "gen/web/words.html.h"
