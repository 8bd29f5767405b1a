#!/usr/bin/env bash
# Start or join the Ray cluster under vLLM, on a private network.  See vllm.md.
#
#   ray.sh head   OWN_ADDRESS
#   ray.sh worker OWN_ADDRESS HEAD_ADDRESS
#   ray.sh stop
set -euo pipefail

port=6379

usage() {
  sed -n 's/^#   //p' "$0" >&2
  exit 2
}

# What passes between the hosts is not encrypted: only addresses of private networks.
private() {
  case "$1" in
    10.* | 192.168.* | 172.1[6-9].* | 172.2[0-9].* | 172.3[01].* | fd*:*) ;;
    *)
      echo "ray.sh: $1 is no address of a private network" >&2
      exit 2
      ;;
  esac
}

case "${1:-}" in
  head)
    [ $# -eq 2 ] || usage
    private "$2"
    export VLLM_HOST_IP="$2"
    ray start --head --node-ip-address="$2" --port="$port" --dashboard-host=127.0.0.1
    ;;
  worker)
    [ $# -eq 3 ] || usage
    private "$2"
    private "$3"
    export VLLM_HOST_IP="$2"
    ray start --node-ip-address="$2" --address="$3:$port"
    ;;
  stop)
    ray stop
    ;;
  *)
    usage
    ;;
esac
