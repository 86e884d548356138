// The other end of remote_page.js: a process with one page. Told what to do by its parent, it tells what a person would
// see there.
import {ScriptedPage} from './scripted_page.js';

const [url, identity] = process.argv.slice(2);
const page = new ScriptedPage(url, JSON.parse(identity));

/** @returns {import('./remote_page.js').View} */
const view = () => ({
  state: page.session.state, room: page.session.joined?.room ?? '', person: page.session.joined?.person ?? '',
  facts: page.session.room, trouble: page.session.trouble, pictures: page.pictures?.count ?? 0,
});
const tell = done => process.send?.({done, view: view()});

page.on('change', () => tell(0));
setInterval(() => tell(0), 250); // pictures make no event
process.on('message', ({number, method, given}) => {
  page[method](...given);
  tell(number);
});
process.on('disconnect', () => process.exit());
tell(0);
