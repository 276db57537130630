// SPDX-License-Identifier: Apache-2.0
// A peer in Node.js: client|server PORT cert|psk GROUPS then files (certificate and key, anchor) or identity and key in hex.
// It prints what was negotiated and what it hears, and says what it reads on its standard input.
'use strict';
const fs = require('fs');
const tls = require('tls');

const [side, port, proof, groups, first, second] = process.argv.slice(2);
const options = { minVersion: 'TLSv1.3', ecdhCurve: groups };
if (proof === 'cert') {
  options.cert = options.key = fs.readFileSync(first);
  options.ca = fs.readFileSync(second);
  options.requestCert = true;
  options.rejectUnauthorized = true;
  options.checkServerIdentity = () => undefined;
} else {
  const key = Buffer.from(second, 'hex');
  options.ciphers = 'TLS_AES_128_GCM_SHA256';
  options.pskCallback =
    side === 'client' ? () => ({ psk: key, identity: first }) : (socket, identity) => (identity === first ? key : null);
  options.checkServerIdentity = () => undefined;
}

function speak(socket) {
  console.log('negotiated', socket.getProtocol(), socket.getCipher().standardName, JSON.stringify(socket.getEphemeralKeyInfo()));
  socket.on('data', (data) => process.stdout.write(data));
  process.stdin.on('data', (data) => socket.write(data));
}

if (side === 'client') {
  const socket = tls.connect({ ...options, host: '127.0.0.1', port: Number(port) }, () => speak(socket));
  socket.on('error', (e) => console.log('error', e.code, e.message));
} else {
  const server = tls.createServer(options, speak);
  server.on('tlsClientError', (e) => console.log('error', e.code, e.message));
  server.listen(Number(port), '127.0.0.1', () => console.log('LISTENING'));
}
