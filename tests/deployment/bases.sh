#!/bin/sh
# Make stand-ins for the base images, under the names that the Dockerfiles and docker-compose.yml use,
# where no image can be pulled: Debian's own packages, with the entry points that we rely on. For
# trying the deployment only. Needs root, debootstrap and a Docker engine.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# pip and apt reach their servers inside as they do here.
configured() {
    for path in /etc/pip.conf /etc/xdg/pip /etc/apt/apt.conf.d /etc/apt/sources.list \
        /etc/apt/sources.list.d /etc/ssl/certs /usr/local/share/ca-certificates /opt/wheels; do
        [ ! -e "$path" ] || tar -C / -cf - ".$path" 2>/dev/null | tar -C "$1" -xf -
    done
}

system() {
    debootstrap --variant=minbase --include="ca-certificates,$2" bookworm "$work/$1" >/dev/null
    rm -rf "$work/$1/var/cache/apt/archives" "$work/$1/var/lib/apt/lists"
    mkdir -p "$work/$1/var/cache/apt/archives/partial" "$work/$1/var/lib/apt/lists/partial"
}

imported() { # NAME TAG CHANGE...
    name=$1 tag=$2
    shift 2
    tar -C "$work/$name" -c . | docker import "$@" - "$tag" >/dev/null
    echo "made $tag"
}

system python python3,python3-venv
configured "$work/python"
ln -s /usr/bin/python3 "$work/python/usr/local/bin/python"
set -- --change 'CMD ["python"]' --change 'ENV PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin'
for variable in PIP_CERT PIP_FIND_LINKS PIP_INDEX_URL; do
    value=$(printenv "$variable" || true)
    [ -z "$value" ] || set -- "$@" --change "ENV $variable=$value"
done
imported python "$(sed -n 's/^ARG PYTHON_IMAGE=//p' worker/Dockerfile)" "$@"

system postgres postgresql
mkdir -p "$work/postgres/usr/local/bin"
cat >"$work/postgres/usr/local/bin/docker-entrypoint.sh" <<'END'
#!/bin/sh
# As the official image: a database and its owner at the first start, then the server.
set -eu
PATH=$(echo /usr/lib/postgresql/*/bin):$PATH
if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA" && chown -R postgres "$PGDATA" /var/run/postgresql && chmod 700 "$PGDATA"
    exec setpriv --reuid postgres --regid postgres --init-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    : "${POSTGRES_PASSWORD:?it is needed for the first start}"
    printf '%s' "$POSTGRES_PASSWORD" >/tmp/password
    initdb -E UTF8 --locale C.UTF-8 -U "${POSTGRES_USER:=postgres}" --pwfile=/tmp/password -A scram-sha-256 >/dev/null
    rm /tmp/password
    echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
    echo "listen_addresses = '*'" >>"$PGDATA/postgresql.conf"
    [ "${POSTGRES_DB:=$POSTGRES_USER}" = postgres ] ||
        echo "CREATE DATABASE $POSTGRES_DB" | postgres --single -D "$PGDATA" postgres >/dev/null
fi
exec "$@"
END
chmod 755 "$work/postgres/usr/local/bin/docker-entrypoint.sh"
imported postgres "$(sed -n 's/^ *image: \(postgres:.*\)/\1/p' docker-compose.yml)" \
    --change 'ENV PGDATA=/var/lib/postgresql/data' --change 'CMD ["postgres"]' \
    --change 'VOLUME /var/lib/postgresql/data' \
    --change 'ENTRYPOINT ["docker-entrypoint.sh"]' \
    --change 'ENV PATH=/usr/local/bin:/usr/lib/postgresql/15/bin:/usr/sbin:/usr/bin:/sbin:/bin'

system valkey redis-server
ln -s /usr/bin/redis-server "$work/valkey/usr/bin/valkey-server"
ln -s /usr/bin/redis-cli "$work/valkey/usr/bin/valkey-cli"
mkdir -p "$work/valkey/data" && chown 999:999 "$work/valkey/data"
imported valkey "$(sed -n 's/^ *image: \(valkey.*\)/\1/p' docker-compose.yml)" \
    --change 'WORKDIR /data' --change 'VOLUME /data' --change 'USER 999:999' \
    --change 'CMD ["valkey-server"]'
