# What search.sh and tables.sh have in common; they read it, with their own arguments.

if (($# < 1)); then
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2
    exit 2
fi
data=$1
jar=${JAR:-$(dirname "$0")/target/benchmarks.jar}
read -ra java_opts <<<"${JAVA_OPTS:---add-modules jdk.incubator.vector -Xmx10g}"
common=()

# use SET: lets the options of Quality that name the set be in "common".
use() {
    local plays
    case $1 in
    gowalla) common=(--data "$data/gowalla" --format lightgcn) ;;
    ml-latest-small) common=(--data "$data/ml-latest-small" --format movielens) ;;
    lastfm) common=(--data "$data/hetrec2011-lastfm-2k" --format lastfm --cutoff 10) ;;
    lastfm-ones) # A play counts 1.
        plays=("$data"/hetrec2011-lastfm-2k/user_artists.dat*)
        common=(--data "${plays[0]}" --format csv --columns user=userID,item=artistID --separator '\t' --cutoff 10)
        ;;
    goodbooks) common=(--data "$data/goodbooks-10k" --format goodbooks) ;;
    movietweetings) common=(--data "$data/movietweetings-100k" --format movietweetings --split time) ;;
    citeulike) common=(--data "$data/citeulike-t" --format citeulike --split cold-items --cutoff 100) ;;
    *)
        echo "there is no set '$1'" >&2
        exit 2
        ;;
    esac
}
