// A session whose server, connections and scout are stand-ins.
import {LatencyMeter} from '../../webroot/js/latency/meter.js';
import {Peer} from '../../webroot/js/peer.js';
import {Session} from '../../webroot/js/session.js';
import {Source} from '../../webroot/js/source.js';
import {FakeConnection, settled} from './fakes.js';

class FakeSignaling extends Source {
  ready = true;
  sent = [];
  hurried = 0;

  send(message) {
    if (this.ready) this.sent.push(message);
    return this.ready;
  }

  hurry() {
    this.hurried++;
  }

  says(message) {
    this.emit('message', message);
  }

  welcomes(version = 3) {
    this.ready = true;
    this.emit('welcome', {type: 'welcome', version, iceServers: [], origin: ''});
  }

  loses() {
    this.ready = false;
    this.emit('lost', undefined);
  }
}

export const joined = {type: 'joined', room: 'r1', person: 'me', game: {id: 'nes/a'}};

export const outlook = {roundTrips: [{worker: 'w', ms: 5}], region: 'eu', worker: ''};

export function setup() {
  const signaling = new FakeSignaling();
  const peers = [];
  const session = new Session(signaling, (id, iceServers) => {
    peers.push(new Peer(id, iceServers, configuration => new FakeConnection(configuration)));
    return peers.at(-1);
  }, {look: async () => outlook}, new LatencyMeter());
  const states = [];
  session.on('state', state => states.push(state));
  const lastType = () => signaling.sent.at(-1)?.type;
  return {signaling, peers, session, states, lastType};
}

/** As far as a picture on the screen. */
export async function playing() {
  const world = setup();
  world.session.play({game: 'nes/a'});
  await settled();
  world.signaling.says(joined);
  world.signaling.says({type: 'offer', peer: 'p1', sdp: 'x'});
  await settled();
  world.session.shown();
  return world;
}
