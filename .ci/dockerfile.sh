#!/usr/bin/env bash
# Runs the build steps of the Dockerfile in an empty folder, with this machine's Go instead of an image, and then what its last
# stage would run. It understands what the Dockerfile uses: WORKDIR, COPY and RUN of the stage "build", COPY --from, ENV, HEALTHCHECK.
set -euo pipefail
cd "$(dirname "$0")/.."
repo=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
context=$work/context root=$work/build image=$work/image
mkdir -p "$context" "$root" "$image"
fail() { echo "dockerfile: $*" >&2; exit 1; }

# The build context, as .dockerignore leaves it.
while read -r line; do
  case $line in
    '*' | '') ;;
    '!'*) cp -R "$repo/${line#!}" "$context/" ;;
    '**/'*) find "$context" -depth -name "${line#\*\*/}" -exec rm -rf {} + ;;
    *) fail "cannot read .dockerignore: $line" ;;
  esac
done <"$repo/.dockerignore"

dir=/ stage='' env=() health=''
while IFS= read -r line; do
  line=${line//\$BUILDPLATFORM/}
  case $line in
    '' | '#'* | ARG* | USER* | VOLUME* | STOPSIGNAL* | ENTRYPOINT* | CMD*) ;;
    FROM*' AS build') stage=build ;;
    FROM*) stage=last ;;
    WORKDIR*) dir=${line#WORKDIR } && mkdir -p "$root$dir" ;;
    'COPY --from=build '*)
      [ "$stage" = last ] || fail "unexpected: $line"
      read -ra words <<<"${line#COPY --from=build }"
      [[ ${words[0]} == --chown=* ]] && words=("${words[@]:1}")
      from=$root${words[0]}
      [ -e "$from" ] || from=${words[0]} # what the image brings, such as certificates
      [ -e "$from" ] || fail "the build does not make ${words[0]}"
      mkdir -p "$image$(dirname "${words[1]}")" && cp -R "$from" "$image${words[1]}" ;;
    COPY*)
      [ "$stage" = build ] || fail "unexpected: $line"
      read -ra words <<<"${line#COPY }"
      to=$root$dir/${words[-1]}
      for from in "${words[@]:0:${#words[@]}-1}"; do
        echo "copy $from"
        if [ -d "$context/$from" ]; then mkdir -p "$to" && cp -R "$context/$from/." "$to/"; else cp "$context/$from" "$to"; fi
      done ;;
    RUN*)
      command=${line#RUN }
      command=${command//\/out/$root/out}
      echo "run ${line#RUN }"
      (cd "$root$dir" && TARGETOS=linux TARGETARCH=$(go env GOARCH) sh -euc "$command") ;;
    ENV*) read -ra env <<<"${line#ENV }" ;;
    HEALTHCHECK*) health=${line#*CMD } ;;
    *) fail "unknown instruction: $line" ;;
  esac
done <"$repo/Dockerfile"

[ "$(ls "$image")" = "$(printf 'enlace\netc\nstate')" ] || fail "the image holds: $(ls "$image" | tr '\n' ' ')"
[ "$health" = '["/enlace", "serve", "--health"]' ] || fail "unexpected health check: $health"
if command -v ldd >/dev/null && ldd "$image/enlace" >/dev/null 2>&1; then fail "the binary is not static"; fi
chmod -R a-w "$image" && chmod u+w "$image/state"
enlace() { (cd "$image" && env -i ENLACE_STATE_DIR="$image/state" "${env[@]:1}" ENLACE_HTTP_LISTEN=127.0.0.1:9 "$@"); }
enlace ./enlace version
enlace ./enlace facts lint
enlace ./enlace ask "Who signed the memorandum?" >/dev/null
expect() { local want=$1 got=0; shift; enlace "$@" 2>"$work/stderr" || got=$?; [ "$got" = "$want" ] || { cat "$work/stderr"; fail "$* exits $got, want $want"; }; }
expect 2 ./enlace serve
grep -q DISCORD_TOKEN "$work/stderr" || fail "serve without a token does not say what to do"
expect 1 ./enlace serve --health
chmod -R u+w "$image"
echo "dockerfile: $(du -h "$image/enlace" | cut -f1) binary, all steps run"
