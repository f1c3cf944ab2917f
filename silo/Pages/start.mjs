// Where the pages begin.
import { begin as beginLive } from './api/live.mjs';
import { showHeader } from './frame/header.mjs';
import { listen } from './frame/keyboard.mjs';
import { notice } from './frame/notices.mjs';
import { begin } from './frame/router.mjs';
import { endCodeFlow } from './session/codeFlow.mjs';
import { overlayFor } from './session/overlay.mjs';
import { askWith } from './session/token.mjs';

const identity = await (await fetch('/pages/identity.json')).json();
askWith(overlayFor(identity));
showHeader(identity);
listen();
beginLive();
const fault = await endCodeFlow(identity).catch(() => 'The sign-in broke off; begin again.');
if (fault) {
  notice(fault, 'bad');
}

begin();
