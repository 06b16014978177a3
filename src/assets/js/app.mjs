// app.mjs: what the browser adds to a page that is complete without it.
import { startAhead } from './ahead.mjs';
import { startCombo } from './combo.mjs';
import { startDrag } from './drag.mjs';
import { startFiles } from './files.mjs';
import { startFilter } from './filter.mjs';
import { startGrid } from './grid.mjs';
import { startKeys } from './keys.mjs';
import { startLive } from './live.mjs';
import { startNow } from './now.mjs';
import { startRoster } from './roster.mjs';
import { startSmall } from './small.mjs';
import { startSwap } from './swap.mjs';
import { startTheme } from './theme.mjs';

startAhead();
startSwap();
startKeys();
startCombo();
startFiles();
startFilter();
startGrid();
startDrag();
startNow();
startRoster();
startTheme();
startSmall();
startLive();
document.documentElement.dataset.script = 'ready';
