# shellcheck shell=bash
# SPDX-License-Identifier: Apache-2.0
# Protected hops between instances of Leasehold: keys, and what each side needs in its etc. Sourced.
#
#   hop_keys NAME...                          an issuer, a certificate for each NAME (dns:NAME.example), in $LAB_OUT/keys
#   hop_psk NAME                              a pre-shared key in $LAB_OUT/keys/NAME.psk
#   hop_side ETC ME PROVIDER PEER ROLE [LINE...]
#                                             in ETC the channel "hop" of that provider with the keys of ME, and PEER with that role.
#                                             For tls-psk and dtls-psk the key ME-PEER or PEER-ME is used. LINEs go into the profile.

hop_keys() {
  local keys=$LAB_OUT/keys name
  mkdir -p "$keys"
  chmod 700 "$keys"
  [ -e "$keys/ca.pem" ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 -subj /CN=lab \
    -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign \
    -keyout "$keys/ca.key" -out "$keys/ca.pem" 2>/dev/null
  for name in "$@"; do hop_certificate "$name" "dns:$name.example"; done
}

# hop_certificate FILE SAN [OPTION...]: for example -days 1
hop_certificate() {
  local keys=$LAB_OUT/keys
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$keys/$1.key" -out "$keys/$1.csr" 2>/dev/null
  printf 'subjectAltName=%s\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=serverAuth,clientAuth\nbasicConstraints=critical,CA:FALSE\n' \
    "${2/#dns:/DNS:}" >"$keys/$1.ext"
  openssl x509 -req -in "$keys/$1.csr" -CA "$keys/ca.pem" -CAkey "$keys/ca.key" -CAcreateserial -days 90 -extfile "$keys/$1.ext" \
    -out "$keys/$1.pem" "${@:3}" 2>/dev/null
  chmod 600 "$keys/$1.key"
}

hop_psk() {
  mkdir -p "$LAB_OUT/keys"
  openssl rand -hex 32 >"$LAB_OUT/keys/$1.psk"
  chmod 600 "$LAB_OUT/keys/$1.psk"
}

hop_side() {
  local etc=$1 me=$2 provider=$3 peer=$4 role=$5 keys=$LAB_OUT/keys pair=$2-$4 credential
  shift 5
  mkdir -p "$etc/keys"
  chmod 700 "$etc/keys"
  case $provider in
    *-psk)
      [ -e "$keys/$pair.psk" ] || pair=$peer-$me
      cp -p "$keys/$pair.psk" "$etc/keys/"
      credential=$pair
      printf 'kind = psk\nidentity = %s#1\nsecret = file:keys/%s.psk\n' "$pair" "$pair" \
        >"$etc/io.leasehold.security.credential-$pair.cfg"
      printf 'roles = %s\npsk = %s\n' "$role" "$pair" >"$etc/io.leasehold.security.peer-$peer.cfg"
      ;;
    *)
      cp -p "$keys/$me.pem" "$keys/$me.key" "$keys/ca.pem" "$etc/keys/"
      credential=$me
      printf 'kind = certificate\ncertificate = file:keys/%s.pem\nkey = file:keys/%s.key\n' "$me" "$me" \
        >"$etc/io.leasehold.security.credential-$me.cfg"
      printf 'kind = trust\nanchors = file:keys/ca.pem\n' >"$etc/io.leasehold.security.credential-ca.cfg"
      printf 'roles = %s\nnames = dns:%s.example\n' "$role" "$peer" >"$etc/io.leasehold.security.peer-$peer.cfg"
      ;;
  esac
  {
    printf 'provider = %s\ncredential = %s\n' "$provider" "$credential"
    [[ $provider == *-psk ]] || echo 'trust = ca'
    [ $# -eq 0 ] || printf '%s\n' "$@"
  } >"$etc/io.leasehold.security.channel-hop.cfg"
}
