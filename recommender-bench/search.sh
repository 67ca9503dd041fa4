#!/usr/bin/env bash
# Runs the searches that chose options for the quality tables of RESULTS.md: on validation parts alone, the test parts stay
# unread. Prints a line of JSON per setting, and the best of each search to the standard error.
#
#   mvn -q package -DskipTests
#   recommender-bench/search.sh DATA [SECTION ...] > trials.json 2> best.txt
#
# DATA is the folder that holds the folders of the data sets, named as below. Sections: ml-latest-small, lastfm, goodbooks,
# movietweetings, citeulike, gowalla; without any, all of these. JAVA_OPTS replaces the options of the virtual machine, JAR names
# another benchmarks.jar.
set -euo pipefail

if (($# < 1)); then
    sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2
    exit 2
fi
data=$1
shift
jar=${JAR:-$(dirname "$0")/target/benchmarks.jar}
read -ra java_opts <<<"${JAVA_OPTS:---add-modules jdk.incubator.vector -Xmx10g}"
plays=("$data"/hetrec2011-lastfm-2k/user_artists.dat*)
common=()
trials=24

# try ALGORITHM [OPTION=VALUE ...] [-- NAME=VALUE,VALUE,... ...]: what stands behind the two dashes is a grid.
try() {
    local args=(--algorithm "$1") kind=--option option
    shift
    for option; do
        if [[ $option == -- ]]; then
            kind=--grid
        else
            args+=("$kind" "$option")
        fi
    done
    java "${java_opts[@]}" -cp "$jar" org.recommender4j.bench.Search "${common[@]}" --trials "$trials" --trial-seed 7 "${args[@]}" ||
        echo "failed: ${args[*]}" >&2
}

# The same space and number of trials on every set.
neighborhoods() {
    try ItemKnn -- weighting=none,tfidf,bm25 neighbors=50,100,200,400 shrinkage=0,2,6,25 asymmetry=.5,.6,.7,.8,.9 amplification=1,1.5
    try UserKnn -- weighting=none,tfidf,bm25 neighbors=100,200,400,800 shrinkage=0,3,10,30 amplification=1,1.5,2 popularityPenalty=0,.2,.4
    try Rp3Beta -- alpha=.5,.7,.9 userAlpha=.4,.6,.8 beta=.1,.2,.3,.4 neighbors=200,400,800 shrinkage=0,1,3 keepGoals=false,true
}

# als FACTORS UNOBSERVED_WEIGHTS
als() {
    try ImplicitAls -- "factors=$1" "unobservedWeight=$2" regularization=.002,.005,.01,.02,.05 iterations=4,8,16
}

bpr() {
    try Bpr -- factors=64,128 learningRate=.05,.1 regularization=.01,.02,.03,.04,.06 negatives=0,16,64 iterations=60,100
    try Bpr loss=warp regularization=0 -- factors=64,128 learningRate=.02,.03,.05 negatives=50,100 maxNorm=1.4,1.6,1.9,2.2
}

graph() {
    try GraphFilter -- "factors=$1" itemExponent=.3,.4,.5 userExponent=.2,.3,.4,.5 lowPassWeight=0.5,1,2.4,4 popularity=0,.15,.3
}

# rerankers ALGORITHM: around the best single algorithm of a set.
rerankers() {
    try DampPopularity "algorithm=$1" -- strength=.05,.1,.2,.3,.5
    try Diversify "algorithm=$1" -- relevance=.5,.6,.7,.8,.9
}

category_rerankers() {
    try Calibrate "algorithm=$1" -- strength=.1,.2,.3,.5,.7
    try CategoryCap "algorithm=$1" -- max=3,5,8,12
}

section() {
    trials=24
    case $1 in
    ml-latest-small)
        common=(--data "$data/ml-latest-small" --format movielens)
        neighborhoods
        als 32,64,128,256 .005,.01,.02,.05,.1
        bpr
        graph 0,64,256
        try Ease -- regularization=50,100,150,200,300,400,800
        try ContentBased -- fields=tag:1,genre:1 weighting=tfidf,bm25 similarity=cosine,dot negativeWeight=0,.5,1
        for shape in 'factors=64, regularization=0.01, unobservedWeight=0.02, iterations=8' \
            'factors=128, regularization=0.01, unobservedWeight=0.01, iterations=6'; do
            try FeatureAls "als=ImplicitAls{$shape}" -- weighting=tfidf,bm25 featureRegularization=.3,1,3 shrinkage=.3,1,3
        done
        rerankers Ease
        category_rerankers Ease
        ;;
    lastfm)
        common=(--data "$data/hetrec2011-lastfm-2k" --format lastfm --cutoff 10)
        neighborhoods
        bpr
        graph 0,64,256
        try Ease -- regularization=20,50,100,200,400
        common=(--data "${plays[0]}" --format csv --columns user=userID,item=artistID --separator '\t' --cutoff 10)
        als 64,128,256 .01,.02,.03,.05,.1
        rerankers 'ImplicitAls{factors=128, unobservedWeight=0.03, regularization=0.015}'
        ;;
    goodbooks)
        common=(--data "$data/goodbooks-10k" --format goodbooks)
        neighborhoods
        graph 0,512
        try Ease -- regularization=50,100,200,400,800
        bpr
        als 256,512 .003,.005,.007,.01,.02
        rerankers 'ImplicitAls{factors=512, iterations=8, regularization=0.005, unobservedWeight=0.007}'
        ;;
    movietweetings)
        common=(--data "$data/movietweetings-100k" --format movietweetings --split time)
        try Popularity -- halfLifeDays=1,2,4,7,14,30,60
        neighborhoods
        als 32,64,128 .03,.1,.2,.3,.5
        bpr
        graph 0,32,64,128
        try Ease -- regularization=200,400,800,1600,3200
        try ContentBased -- weighting=tfidf,bm25 similarity=cosine,dot negativeWeight=0,.5,1 halfLifeDays=7,30,Infinity
        for shape in 'factors=64, unobservedWeight=0.1, regularization=0.02' \
            'factors=128, unobservedWeight=0.3, regularization=0.05, iterations=6'; do
            try FeatureAls "als=ImplicitAls{$shape}" -- weighting=tfidf,bm25 featureRegularization=.3,1,3 shrinkage=.3,1,3
        done
        rerankers 'UserKnn{neighbors=800, amplification=1, popularityPenalty=0, shrinkage=30}'
        category_rerankers 'UserKnn{neighbors=800, amplification=1, popularityPenalty=0, shrinkage=30}'
        ;;
    citeulike)
        common=(--data "$data/citeulike-t" --format citeulike --split cold-items --cutoff 100)
        for fields in tag:1 text:1 tag:2,text:1 tag:3,text:1 tag:5,text:1; do
            try ContentBased "fields=$fields" -- weighting=tfidf,bm25 similarity=cosine,dot
        done
        for shape in 'factors=128' 'factors=256' 'factors=256, unobservedWeight=0.02'; do
            try FeatureAls "als=ImplicitAls{$shape}" weighting=bm25 -- featureRegularization=.3,1,3 shrinkage=.3,1
        done
        ;;
    gowalla)
        common=(--data "$data/gowalla" --format lightgcn)
        neighborhoods
        trials=8
        bpr
        rerankers GraphFilter
        graph 0,512,1024
        ;;
    *)
        echo "there is no section '$1'" >&2
        exit 2
        ;;
    esac
}

if (($# == 0)); then
    set -- ml-latest-small lastfm goodbooks movietweetings citeulike gowalla
fi
for name; do
    section "$name"
done
