// A live line to the local workspace: reconnects by itself, and says when it does.

const FIRST_PAUSE = 400;
const LONGEST_PAUSE = 5000;

export class Live {
  constructor(path, { onopen, onframe, ondown }) {
    this.address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}${path}`;
    this.on = { onopen, onframe, ondown };
    this.pause = FIRST_PAUSE;
    this.ended = false;
    this.connect();
  }

  connect() {
    if (this.ended) return;
    this.socket = new WebSocket(this.address);
    this.socket.onopen = () => {
      this.pause = FIRST_PAUSE;
      this.on.onopen();
    };
    this.socket.onmessage = (event) => this.on.onframe(JSON.parse(event.data));
    this.socket.onclose = () => this.retry();
  }

  retry() {
    if (this.ended) return;
    this.on.ondown();
    this.timer = setTimeout(() => this.connect(), this.pause);
    this.pause = Math.min(this.pause * 1.7, LONGEST_PAUSE);
  }

  end() {
    this.ended = true;
    clearTimeout(this.timer);
    this.socket.close();
  }
}
