# syntax=docker/dockerfile:1
# The bot in an image of its own: one static binary, the certificates that TLS needs, and a directory for state.
#
#   docker build -t enlace .
#   docker run --read-only -v enlace-state:/state -e DISCORD_TOKEN enlace

FROM --platform=$BUILDPLATFORM golang:1.26-alpine AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download && go mod verify
COPY main.go ./
COPY config config
COPY knowledge knowledge
COPY bot bot
ARG TARGETOS TARGETARCH
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH go build -trimpath -buildvcs=false -ldflags="-s -w" -o /out/enlace .
RUN mkdir -p /out/state

FROM scratch
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/ca-certificates.crt
COPY --from=build /out/enlace /enlace
COPY --from=build --chown=65532:65532 /out/state /state
ENV ENLACE_STATE_DIR=/state ENLACE_LOG_FORMAT=json
USER 65532:65532
VOLUME /state
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["/enlace", "serve", "--health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["/enlace"]
CMD ["serve"]
