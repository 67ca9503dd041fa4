#!/usr/bin/env bash
# Runs every row of the quality tables of RESULTS.md and prints its line of JSON, in the order of the tables.
#
#   mvn -q package -DskipTests
#   recommender-bench/tables.sh DATA [SECTION ...] > rows.json
#
# DATA is the folder that holds the folders of the data sets, named as below. Sections: gowalla, ml-latest-small, lastfm,
# goodbooks, movietweetings, citeulike; without any, all of these; and "heavy", the rows of gowalla that take minutes or 10 GB.
# JAVA_OPTS replaces the options of the virtual machine, JAR names another benchmarks.jar.
#
# Each row has a process of its own. Small sets are trained and scored twice in it and the second run is printed, so that
# the warm-up of the virtual machine is not in the times; RUNS=1 saves that time.
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
runs=1

# row ALGORITHM [OPTION=VALUE ...]
row() {
    local args=(--algorithm "$1") option
    shift
    for option; do
        args+=(--option "$option")
    done
    java "${java_opts[@]}" -cp "$jar" org.recommender4j.bench.Quality "${common[@]}" --runs "$runs" "${args[@]}" | tail -n 1 ||
        echo "failed: ${args[*]}" >&2
}

section() {
    case $1 in
    gowalla)
        runs=${RUNS:-1}
        common=(--data "$data/gowalla" --format lightgcn)
        row Popularity
        row ItemKnn weighting=none shrinkage=0 asymmetry=.5 neighbors=100
        row ItemKnn
        row ItemKnn weighting=tfidf neighbors=150 shrinkage=6 asymmetry=.9 amplification=1.5
        row UserKnn weighting=none amplification=1 popularityPenalty=0 neighbors=100
        row UserKnn
        row Rp3Beta
        row Rp3Beta alpha=.8 userAlpha=.8 beta=.2 neighbors=200 shrinkage=0 keepGoals=true
        row Bpr
        row ImplicitAls factors=64
        row ImplicitAls factors=128
        row ImplicitAls factors=256
        row ImplicitAls factors=64 unobservedWeight=.018 regularization=.0025 iterations=4
        row ImplicitAls factors=128 unobservedWeight=.018 regularization=.004 iterations=6
        row ImplicitAls factors=256 unobservedWeight=.018 regularization=.004 iterations=6
        row GraphFilter
        row Blend 'members=GraphFilter,ImplicitAls{factors=256},UserKnn' weights=1,0.4,0.3
        row DampPopularity algorithm=GraphFilter
        row Diversify algorithm=GraphFilter
        ;;
    ml-latest-small)
        runs=${RUNS:-2}
        common=(--data "$data/ml-latest-small" --format movielens)
        row Popularity
        row ItemKnn
        row ItemKnn asymmetry=.5 shrinkage=1
        row UserKnn
        row UserKnn amplification=1 popularityPenalty=.4
        row Rp3Beta
        row ImplicitAls
        row ImplicitAls factors=32 regularization=.01
        row FeatureAls
        row FeatureAls 'als=ImplicitAls{factors=128, regularization=0.01, unobservedWeight=0.01, iterations=6}'
        row Bpr
        row Bpr loss=warp negatives=50 maxNorm=1.6 learningRate=.03 regularization=0
        row Ease
        row GraphFilter
        row GraphFilter itemExponent=.3 lowPassWeight=1 popularity=0
        row ContentBased
        row ContentBased fields=tag:1 weighting=bm25
        row BiasedMf
        row SvdPlusPlus
        row BayesianMf
        row Blend \
            'members=Ease, ImplicitAls{factors=128, regularization=0.01, unobservedWeight=0.01, iterations=6}, Bpr' \
            weights=1,1,1
        row RankFusion \
            'members=Ease, ImplicitAls{factors=128, regularization=0.01, unobservedWeight=0.01, iterations=6}, Bpr, UserKnn{amplification=1, popularityPenalty=0.4}'
        row FeatureStack \
            'members=Ease, ImplicitAls{factors=128, regularization=0.01, unobservedWeight=0.01, iterations=6}, UserKnn{amplification=1, popularityPenalty=0.4}' \
            learner=logistic
        row Cascade 'members=Ease, ImplicitAls{factors=128, regularization=0.01, unobservedWeight=0.01, iterations=6}'
        row Calibrate algorithm=Ease
        row CategoryCap algorithm=Ease
        row DampPopularity algorithm=Ease
        row Diversify algorithm=Ease
        ;;
    lastfm)
        runs=${RUNS:-2}
        common=(--data "$data/hetrec2011-lastfm-2k" --format lastfm --cutoff 10)
        row Popularity
        row ItemKnn
        row UserKnn
        row UserKnn amplification=1 popularityPenalty=.4
        row Rp3Beta
        row ImplicitAls
        row Bpr
        row Bpr regularization=.04
        row Bpr loss=warp negatives=100 maxNorm=1.6 learningRate=.03 regularization=0
        runs=${RUNS:-1}
        row Ease
        row Ease regularization=50
        runs=${RUNS:-2}
        row GraphFilter
        row GraphFilter factors=256 userExponent=.5 lowPassWeight=1 popularity=0
        common=(--data "${plays[0]}" --format csv --columns user=userID,item=artistID --separator '\t' --cutoff 10)
        row ImplicitAls
        row ImplicitAls factors=128 unobservedWeight=.03 regularization=.015
        row Blend \
            'members=ImplicitAls{factors=128, unobservedWeight=0.03, regularization=0.015}, Bpr{regularization=0.04}, UserKnn{amplification=1, popularityPenalty=0.4}' \
            weights=1,1,0.5
        row RankFusion \
            'members=ImplicitAls{factors=128, unobservedWeight=0.03, regularization=0.015}, Bpr{regularization=0.04}, UserKnn{amplification=1, popularityPenalty=0.4}'
        row Cascade \
            'members=ImplicitAls{factors=128, unobservedWeight=0.03, regularization=0.015}, Bpr{regularization=0.04}'
        row DampPopularity 'algorithm=ImplicitAls{factors=128, unobservedWeight=0.03, regularization=0.015}'
        row Diversify 'algorithm=ImplicitAls{factors=128, unobservedWeight=0.03, regularization=0.015}'
        ;;
    goodbooks)
        runs=${RUNS:-1}
        common=(--data "$data/goodbooks-10k" --format goodbooks)
        row Popularity
        row ItemKnn
        row ItemKnn neighbors=150 amplification=1.5
        row UserKnn
        row Rp3Beta
        row ImplicitAls
        row ImplicitAls factors=512 iterations=8 regularization=.005 unobservedWeight=.007
        row Bpr
        row Ease
        row GraphFilter
        row Blend \
            'members=Rp3Beta, ImplicitAls{factors=512, iterations=8, regularization=0.005, unobservedWeight=0.007}' \
            weights=0.5,1
        row Blend members=Ease,Rp3Beta,UserKnn weights=1,1,0.5
        row RankFusion members=Ease,Rp3Beta,UserKnn
        row DampPopularity algorithm=Rp3Beta
        row Diversify algorithm=Rp3Beta
        ;;
    movietweetings)
        runs=${RUNS:-2}
        common=(--data "$data/movietweetings-100k" --format movietweetings --split time)
        row Popularity
        row Popularity halfLifeDays=7
        row Popularity halfLifeDays=30
        row ItemKnn
        row ItemKnn neighbors=400 shrinkage=25 amplification=1.5
        row UserKnn
        row UserKnn neighbors=800 shrinkage=30 amplification=1 popularityPenalty=0
        row Rp3Beta
        row Rp3Beta userAlpha=.4 beta=.1 shrinkage=3
        row ImplicitAls
        row ImplicitAls factors=128 unobservedWeight=.3 regularization=.05 iterations=6
        row FeatureAls
        row Bpr
        row Bpr negatives=64 learningRate=.05
        row Ease
        row Ease regularization=1600
        row GraphFilter
        row GraphFilter factors=64 itemExponent=.3 userExponent=.5 lowPassWeight=1
        row ContentBased
        row Fallback \
            'members=Blend{members={Popularity{halfLifeDays=7}, UserKnn{neighbors=800, amplification=1, popularityPenalty=0, shrinkage=30}}, weights={1,1}}, Popularity{halfLifeDays=7}'
        row Fallback \
            'members=Blend{members={Popularity{halfLifeDays=7}, UserKnn{neighbors=800, amplification=1, popularityPenalty=0, shrinkage=30}}, weights={1,4}}, Popularity{halfLifeDays=7}'
        row RankFusion \
            'members=Popularity{halfLifeDays=7}, UserKnn{neighbors=800, amplification=1, popularityPenalty=0, shrinkage=30}'
        row Cascade \
            'members=Popularity{halfLifeDays=7}, UserKnn{neighbors=800, amplification=1, popularityPenalty=0, shrinkage=30}'
        row DampPopularity 'algorithm=UserKnn{neighbors=800, amplification=1, popularityPenalty=0, shrinkage=30}'
        row Calibrate 'algorithm=UserKnn{neighbors=800, amplification=1, popularityPenalty=0, shrinkage=30}'
        row CategoryCap 'algorithm=UserKnn{neighbors=800, amplification=1, popularityPenalty=0, shrinkage=30}'
        row Diversify 'algorithm=UserKnn{neighbors=800, amplification=1, popularityPenalty=0, shrinkage=30}'
        ;;
    citeulike)
        runs=${RUNS:-1}
        common=(--data "$data/citeulike-t" --format citeulike --split cold-items --cutoff 100)
        row Popularity
        row ContentBased fields=text:1 weighting=bm25
        row ContentBased fields=tag:1 weighting=bm25
        row ContentBased fields=text:1,tag:1 weighting=bm25
        row ContentBased fields=tag:3,text:1 weighting=bm25
        row FeatureAls 'als=ImplicitAls{factors=128}' weighting=bm25
        row Blend \
            'members=ContentBased{fields={tag:3,text:1}, weighting=bm25}, FeatureAls{als={ImplicitAls{factors=128}}, weighting=bm25}' \
            weights=1,1
        ;;
    heavy)
        runs=${RUNS:-1}
        common=(--data "$data/gowalla" --format lightgcn)
        row ImplicitAls factors=1024 unobservedWeight=.018 regularization=.004 iterations=6
        row Ease maxMemoryMb=7000 regularization=150
        row Bpr negatives=64 regularization=.02 learningRate=.05 iterations=100
        row Diversify 'algorithm=Blend{members={GraphFilter,ImplicitAls{factors=256},UserKnn}, weights={1,0.4,0.3}}'
        ;;
    *)
        echo "there is no section '$1'" >&2
        exit 2
        ;;
    esac
}

if (($# == 0)); then
    set -- gowalla ml-latest-small lastfm goodbooks movietweetings citeulike
fi
for name; do
    section "$name"
done
