# SPDX-License-Identifier: Apache-2.0
"""The other side of a hop, without any protection, in the network namespace it is run in.

  fake_hop.py refuse ADDRESS PORT        accepts connections and refuses TLS to whoever asks for it (RFC 7653 section 8.2)
  fake_hop.py plain ADDRESS PORT         accepts connections and sends an answer in clear
  fake_hop.py grant ADDRESS PORT         accepts connections and grants TLS, with a message in clear right behind it
  fake_hop.py inject ADDRESS PORT MAC    connects, sends a relayed Solicit of a client with that hardware address in clear, and prints
                                         what comes back until the connection ends; fails if it does not end within 15 s
  fake_hop.py say ADDRESS PORT DIGITS    connects, sends these octets at once, and goes on like inject
  fake_hop.py tls ADDRESS PORT CERTIFICATE KEY
                                         connects, asks for TLS, proves to be who the certificate says, and prints what comes then

What a connecting side sends is printed in hexadecimal digits, a line for each connection.
"""
import socket
import ssl
import struct
import sys

import dhcp6
from scripted_client import duid_ll

REFUSED = 15
RELAY_REPL = 13
STARTTLS = 23


def frame(message):
    return struct.pack("!H", len(message)) + message


def serve(mode, address, port):
    listener = socket.create_server((address, port), family=socket.AF_INET6)
    print("listening", flush=True)
    while True:
        connection, _ = listener.accept()
        connection.settimeout(3)
        try:
            if mode == "plain":
                connection.sendall(frame(bytes([RELAY_REPL, 0]) + bytes(32)))
            heard = connection.recv(4096)
            print(heard.hex(), flush=True)
            if mode == "refuse":
                status = struct.pack("!HHH", dhcp6.STATUS_CODE, 2, REFUSED)
                connection.sendall(frame(bytes([dhcp6.REPLY]) + heard[3:6] + status))
                print(connection.recv(4096).hex(), flush=True)
            elif mode == "grant":
                connection.sendall(frame(bytes([dhcp6.REPLY]) + heard[3:6]) + frame(bytes([RELAY_REPL, 0]) + bytes(32)))
                print(connection.recv(4096).hex(), flush=True)
        except OSError as failure:
            print(failure, flush=True)
        connection.close()


def inject(address, port, mac):
    duid = duid_ll(int(mac.replace(":", ""), 16) & 0xFFFFFFFF)
    solicit = dhcp6.Message(dhcp6.SOLICIT, 0x123456, [(dhcp6.CLIENTID, duid), dhcp6.elapsed(), dhcp6.ia_na(1)]).encode()
    relayed = bytes([12, 0]) + bytes(32) + struct.pack("!HH", 9, len(solicit)) + solicit
    say(address, port, frame(relayed))


def say(address, port, octets):
    with socket.create_connection((address, port), timeout=15) as connection:
        connection.sendall(octets)
        try:
            while octets := connection.recv(4096):
                print(octets.hex())
        except ConnectionResetError:
            pass


def tls(address, port, certificate, key):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    context.load_cert_chain(certificate, key)
    with socket.create_connection((address, port), timeout=15) as connection:
        connection.sendall(frame(bytes([STARTTLS, 0, 0, 1])))
        connection.recv(4096)
        try:
            with context.wrap_socket(connection) as protected:
                while octets := protected.recv(4096):
                    print(octets.hex())
        except (ssl.SSLError, ConnectionResetError):
            pass


if sys.argv[1] == "inject":
    inject(sys.argv[2], int(sys.argv[3]), sys.argv[4])
elif sys.argv[1] == "say":
    say(sys.argv[2], int(sys.argv[3]), bytes.fromhex(sys.argv[4]))
elif sys.argv[1] == "tls":
    tls(sys.argv[2], int(sys.argv[3]), *sys.argv[4:])
else:
    serve(sys.argv[1], sys.argv[2], int(sys.argv[3]))
