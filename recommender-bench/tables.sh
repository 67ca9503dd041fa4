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

. "$(dirname "$0")/sets.sh"
shift
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
        use gowalla
        row Popularity
        row ItemKnn weighting=none shrinkage=0 asymmetry=.5 neighbors=100
        row ItemKnn
        row ItemKnn weighting=tfidf neighbors=150 shrinkage=6 asymmetry=.9 amplification=1.5
        row UserKnn weighting=none amplification=1 popularityPenalty=0 neighbors=100
        row UserKnn
        row Rp3Beta
        row Rp3Beta alpha=.9 userAlpha=.8 beta=.1 neighbors=200 shrinkage=3
        row Rp3Beta alpha=.8 userAlpha=.8 beta=.2 neighbors=200 shrinkage=0 keepGoals=true
        row Bpr
        row Bpr loss=warp factors=128 learningRate=.02 negatives=100 maxNorm=2.2 regularization=0
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
        use ml-latest-small
        als='ImplicitAls{factors=128, unobservedWeight=0.1, regularization=0.01}'
        features="FeatureAls{als={$als}, featureRegularization=10, shrinkage=3}"
        warp='Bpr{loss=warp, factors=256, learningRate=0.015, negatives=100, maxNorm=1.6, regularization=0}'
        knn='UserKnn{amplification=1, popularityPenalty=0.4}'
        row Popularity
        row ItemKnn
        row ItemKnn asymmetry=.5 shrinkage=1
        row UserKnn
        row UserKnn amplification=1 popularityPenalty=.4
        row Rp3Beta
        row ImplicitAls
        row ImplicitAls factors=128 unobservedWeight=.1 regularization=.01
        row FeatureAls
        row FeatureAls "als=$als" featureRegularization=10 shrinkage=3
        row Bpr
        row Bpr learningRate=.05 negatives=16
        row Bpr loss=warp factors=256 learningRate=.015 negatives=100 maxNorm=1.6 regularization=0
        row Ease
        row GraphFilter
        row GraphFilter itemExponent=.3 lowPassWeight=1 popularity=0
        row ContentBased
        row ContentBased fields=tag:1 negativeWeight=0
        row BiasedMf
        row BiasedMf factors=128 unobservedWeight=3 unobservedValue=-8
        row SvdPlusPlus
        row SvdPlusPlus factors=128 unobservedWeight=3 unobservedValue=-8
        row BayesianMf
        row Blend "members=Ease, $als, $warp" weights=1,2,2
        row RankFusion "members=Ease, $als, $warp, $knn"
        row FeatureStack "members=Ease, $features, $warp" learner=logistic
        row Cascade "members=Ease, $als"
        row Calibrate algorithm=Ease strength=.2
        row CategoryCap algorithm=Ease max=12
        row DampPopularity algorithm=Ease strength=.6
        row Diversify algorithm=Ease relevance=.95
        ;;
    lastfm)
        runs=${RUNS:-2}
        als='ImplicitAls{factors=128, unobservedWeight=0.03, regularization=0.015}'
        large='ImplicitAls{factors=512, unobservedWeight=0.03, regularization=0.01, iterations=8}'
        knn='UserKnn{neighbors=100, shrinkage=30, amplification=1, popularityPenalty=0.2}'
        ranked='Bpr{factors=128, iterations=100, learningRate=0.05, regularization=0.04}'
        use lastfm
        row Popularity
        row ItemKnn
        row ItemKnn weighting=bm25 neighbors=400 asymmetry=.5
        row UserKnn
        row UserKnn amplification=1 popularityPenalty=.4
        row Rp3Beta
        row Rp3Beta userAlpha=.4 beta=.4 neighbors=800 shrinkage=0 keepGoals=true
        row ImplicitAls
        row Bpr
        row Bpr factors=128 iterations=100 learningRate=.05 regularization=.04
        row Bpr loss=warp factors=128 learningRate=.02 negatives=100 maxNorm=1.6 regularization=0
        runs=${RUNS:-1}
        row Ease
        row Ease regularization=50
        runs=${RUNS:-2}
        row GraphFilter
        row GraphFilter lowPassWeight=.5 userExponent=.4 itemExponent=.4 popularity=0
        use lastfm-ones
        row ImplicitAls
        row ImplicitAls factors=512 unobservedWeight=.03 regularization=.01 iterations=8
        row Blend "members=$large, $ranked" weights=1,1
        row RankFusion "members=$large, $ranked, $knn" rankConstant=20
        row FeatureStack "members=$large, $ranked, $knn" learner=logistic
        row Cascade "members=$large, $ranked"
        row DampPopularity "algorithm=$als" strength=.2
        row Diversify "algorithm=$als" relevance=.9
        ;;
    goodbooks)
        runs=${RUNS:-1}
        use goodbooks
        als='ImplicitAls{factors=512, iterations=8, regularization=0.005, unobservedWeight=0.007}'
        large='ImplicitAls{factors=1024, iterations=8, regularization=0.005, unobservedWeight=0.007}'
        walk='Rp3Beta{alpha=0.9, userAlpha=0.8, beta=0.4, neighbors=200, shrinkage=3}'
        row Popularity
        row ItemKnn
        row ItemKnn weighting=bm25 neighbors=30 shrinkage=0 asymmetry=.7 amplification=1.5
        row UserKnn
        row UserKnn neighbors=1600 shrinkage=0 popularityPenalty=.5
        row Rp3Beta
        row Rp3Beta alpha=.9 userAlpha=.8 beta=.5 neighbors=100 shrinkage=6
        row ImplicitAls
        row ImplicitAls factors=512 iterations=8 regularization=.005 unobservedWeight=.007
        row ImplicitAls factors=1024 iterations=8 regularization=.005 unobservedWeight=.007
        row Bpr
        row Bpr factors=128 negatives=64
        row Bpr loss=warp factors=128 learningRate=.02 negatives=100 maxNorm=1.6 regularization=0
        row Ease
        row Ease regularization=70
        row GraphFilter
        row GraphFilter lowPassWeight=4 userExponent=.1 itemExponent=.5 popularity=0
        row Blend "members=Ease{regularization=50}, $walk, $large" weights=.4,.2,1
        row RankFusion "members=Ease{regularization=50}, $walk, $large"
        row DampPopularity "algorithm=$als"
        row Diversify "algorithm=$als" relevance=.9
        ;;
    movietweetings)
        runs=${RUNS:-2}
        use movietweetings
        knn='UserKnn{neighbors=800, amplification=1, popularityPenalty=0, shrinkage=30}'
        sessions='SessionKnn{sessionGapMinutes=Infinity, neighborDecay=128, neighbors=200, positionDecay=8, recencyHalfLifeDays=2, backward=0.5}'
        als='ImplicitAls{factors=16, iterations=3, unobservedWeight=0.02, regularization=0.05}'
        latest='Popularity{halfLifeDays=4}'
        row Popularity
        row Popularity halfLifeDays=7
        row Popularity halfLifeDays=30
        row SessionKnn
        row SessionKnn sessionGapMinutes=Infinity neighborDecay=128 neighbors=200 positionDecay=8 recencyHalfLifeDays=2 backward=.5
        row IncrementalItemKnn
        row IncrementalItemKnn halfLifeDays=10 asymmetry=0 neighbors=100 shrinkage=3
        row ItemKnn
        row ItemKnn weighting=bm25 neighbors=100 shrinkage=15 asymmetry=1 amplification=1.5
        row UserKnn
        row UserKnn weighting=none neighbors=1600 shrinkage=10 amplification=1 popularityPenalty=0
        row Rp3Beta
        row Rp3Beta alpha=.5 beta=.1 neighbors=800 shrinkage=3 keepGoals=true
        row ImplicitAls
        row ImplicitAls factors=16 iterations=3 unobservedWeight=.02 regularization=.05
        row FeatureAls
        row FeatureAls 'als=ImplicitAls{factors=32, iterations=4, unobservedWeight=0.03, regularization=0.05}'
        row Bpr
        row Bpr negatives=64 learningRate=.05
        row Bpr loss=warp learningRate=.02 negatives=50 maxNorm=1.4 regularization=0
        row Ease
        row Ease regularization=3200
        row GraphFilter
        row GraphFilter factors=64 itemExponent=.3 userExponent=.2 lowPassWeight=2 popularity=0
        row ContentBased
        row ContentBased weighting=bm25 negativeWeight=0 halfLifeDays=30
        row BiasedMf
        row BiasedMf factors=128 unobservedWeight=30 unobservedValue=-8
        row SvdPlusPlus factors=128 unobservedWeight=30 unobservedValue=-8
        row Fallback "members=Blend{members={$latest, $sessions, $als}, weights={1,2,1}}, $latest"
        row RankFusion "members=$latest, $sessions, $als"
        row Cascade "members=$latest, $sessions"
        row DampPopularity "algorithm=$knn" strength=.05
        row Calibrate "algorithm=$knn" strength=.2
        row CategoryCap "algorithm=$knn" max=12
        row Diversify "algorithm=$knn" relevance=.9
        ;;
    citeulike)
        runs=${RUNS:-1}
        use citeulike
        row Popularity
        row ContentBased fields=text:1 weighting=bm25
        row ContentBased fields=tag:1 weighting=bm25
        row ContentBased fields=text:1,tag:1 weighting=bm25
        row ContentBased fields=tag:3,text:1 weighting=bm25
        row FeatureAls 'als=ImplicitAls{factors=128}' weighting=bm25
        row FeatureAls 'als=ImplicitAls{factors=512}' weighting=bm25 featureRegularization=.1
        row Blend \
            'members=ContentBased{fields={tag:3,text:1}, weighting=bm25}, FeatureAls{als={ImplicitAls{factors=512}}, weighting=bm25, featureRegularization=0.05}' \
            weights=1,1.5
        ;;
    heavy)
        runs=${RUNS:-1}
        use gowalla
        row ImplicitAls factors=1024 unobservedWeight=.018 regularization=.004 iterations=6
        row ImplicitAls factors=1024 unobservedWeight=.027 regularization=.0025 iterations=6
        row Ease maxMemoryMb=7000 regularization=80
        row Bpr negatives=64 regularization=.02 learningRate=.05 iterations=100
        row Bpr factors=256 negatives=64 learningRate=.05 iterations=100
        row Diversify 'algorithm=Blend{members={GraphFilter,ImplicitAls{factors=256},UserKnn}, weights={1,0.4,0.3}}'
        als='ImplicitAls{factors=1024, unobservedWeight=0.018, regularization=0.004, iterations=6}'
        row Diversify "algorithm=Blend{members={GraphFilter,$als,UserKnn{neighbors=200, shrinkage=0, popularityPenalty=0.2}}, weights={1,0.8,0.4}}"
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
