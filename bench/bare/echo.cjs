const { Socket } = require('node:net');
const socket = new Socket({ fd: 3 });
socket.write('!');
socket.on('data', chunk => socket.write(chunk));
