// JSON-RPC over one keep-alive HTTP connection.
import http from 'node:http';

export class Rpc {
  #url;
  #agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

  constructor(url) {
    this.#url = url;
  }

  /** One call; the result, or an Error with the node's message and `data`. */
  async call(method, ...params) {
    return (await this.batch([[method, ...params]]))[0];
  }

  /** Many calls `[method, ...params]` in one request; results in the same order. The first failure is thrown. */
  async batch(calls) {
    const body = JSON.stringify(calls.map(([method, ...params], id) => ({ jsonrpc: '2.0', id, method, params })));
    const replies = JSON.parse(await this.#post(body));
    return calls.map(([method], id) => {
      const { error, result } = replies.find((reply) => reply.id === id);
      if (error) throw Object.assign(new Error(`${method}: ${error.message}`), { data: error.data });
      return result;
    });
  }

  close() {
    this.#agent.destroy();
  }

  #post(body) {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const request = http.request(this.#url, { method: 'POST', agent: this.#agent, headers }, (response) => {
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => resolve(Buffer.concat(chunks).toString()));
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(body);
    });
  }
}
