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

. "$(dirname "$0")/sets.sh"
shift
trials=24

# try ALGORITHM [OPTION=VALUE ...] [-- NAME=VALUE,VALUE,... ...]: what stands behind the two dashes is a grid; without one it is one trial.
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

# Made to predict ratings; what they do to pairs without one decides over their lists.
rating_models() {
    local all=$trials name
    trials=12
    for name in BiasedMf SvdPlusPlus BayesianMf; do
        try "$name" -- factors=12,32,64 unobservedWeight=.3,1,3,10,30 unobservedValue=-1,-2,-3
    done
    for name in BiasedMf SvdPlusPlus; do
        try "$name" -- factors=64,128 unobservedWeight=1,3,10,30 unobservedValue=-3,-5,-8
    done
    trials=$all
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

# blend MEMBERS WEIGHTS ...: one trial for each list of weights.
blend() {
    local members=$1 weights
    shift
    for weights; do
        try Blend "members=$members" "weights=$weights"
    done
}

# fresh MEMBERS WEIGHTS ...: the same for those who are known, and for others what is popular of late.
fresh() {
    local members=$1 weights
    shift
    for weights; do
        try Fallback "members=Blend{members={$members}, weights={$weights}}, Popularity{halfLifeDays=4}"
    done
}

section() {
    trials=24
    case $1 in
    ml-latest-small)
        use ml-latest-small
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
        rating_models
        rerankers Ease
        category_rerankers Ease
        # Around the best of the above.
        try ImplicitAls iterations=16 -- factors=64,128,256,512 unobservedWeight=.05,.1,.2,.4 regularization=.005,.01,.02
        try Bpr loss=warp regularization=0 iterations=60 negatives=100 -- factors=128,256 learningRate=.01,.015,.02,.025 maxNorm=1.5,1.6,1.7
        shape='factors=128, regularization=0.01, unobservedWeight=0.1, iterations=16'
        try FeatureAls "als=ImplicitAls{$shape}" -- featureRegularization=.3,1,3,10 shrinkage=.3,1,3,10
        try Diversify algorithm=Ease -- relevance=.95
        try DampPopularity algorithm=Ease -- strength=.4,.6,.8
        warp='Bpr{loss=warp, regularization=0, negatives=100, factors=128, learningRate=0.02, maxNorm=1.6}'
        knn='UserKnn{amplification=1, popularityPenalty=0.4}'
        blend "Ease, ImplicitAls{$shape}, $warp" 1,1,1 1,2,1 2,1,1 1,1,2 1,2,2
        blend "Ease, ImplicitAls{$shape}, $knn" 1,2,1 1,2,.5 1,1,.5
        try RankFusion "members=Ease, ImplicitAls{$shape}, $warp, $knn" -- rankConstant=20,60,100
        try FeatureStack "members=Ease, ImplicitAls{$shape}, $warp" -- learner=logistic,trees
        try FeatureStack "members=Ease, ImplicitAls{$shape}, $knn" -- learner=logistic,trees
        # Hybrids of the best.
        features="FeatureAls{als={ImplicitAls{$shape}}, featureRegularization=10, shrinkage=3}"
        warp='Bpr{loss=warp, regularization=0, negatives=100, factors=256, learningRate=0.015, maxNorm=1.6}'
        try FeatureStack "members=Ease, $features, $warp" learner=logistic -- candidates=100,200
        try FeatureStack "members=Ease, $features, $warp, $knn" learner=logistic -- candidates=100,200
        try FeatureStack "members=Ease, ImplicitAls{$shape}, $warp, $knn" learner=logistic -- candidates=100,200
        try RankFusion "members=Ease, $features, $warp" -- rankConstant=60
        ;;
    lastfm)
        use lastfm
        neighborhoods
        bpr
        graph 0,64,256
        try Ease -- regularization=20,50,100,200,400
        use lastfm-ones
        als 64,128,256 .01,.02,.03,.05,.1
        rerankers 'ImplicitAls{factors=128, unobservedWeight=0.03, regularization=0.015}'
        # Around the best of the above.
        try ImplicitAls -- factors=128,256,512 unobservedWeight=.03,.05,.1,.2 regularization=.005,.01,.015 iterations=6,8,16
        try Diversify 'algorithm=ImplicitAls{factors=128, unobservedWeight=0.03, regularization=0.015}' -- relevance=.95
        # Hybrids of the best.
        shape='factors=512, unobservedWeight=0.03, regularization=0.01, iterations=8'
        ranked='Bpr{factors=128, iterations=100, learningRate=0.05, regularization=0.04}'
        knn='UserKnn{neighbors=100, shrinkage=30, amplification=1, popularityPenalty=0.2}'
        blend "ImplicitAls{$shape}, $ranked, $knn" 1,1,.5 1,1,1 1,.5,.5 1,1,0
        try RankFusion "members=ImplicitAls{$shape}, $ranked, $knn" -- rankConstant=20,60
        try FeatureStack "members=ImplicitAls{$shape}, $ranked, $knn" -- learner=logistic
        ;;
    goodbooks)
        use goodbooks
        neighborhoods
        graph 0,512
        try Ease -- regularization=50,100,200,400,800
        bpr
        als 256,512 .003,.005,.007,.01,.02
        rerankers 'ImplicitAls{factors=512, iterations=8, regularization=0.005, unobservedWeight=0.007}'
        # Around the best of the above.
        try ItemKnn weighting=bm25 shrinkage=0 amplification=1.5 -- neighbors=30,50,80,120 asymmetry=.5,.6,.7
        try UserKnn shrinkage=0 -- weighting=tfidf,bm25 neighbors=800,1600 amplification=1.5,2 popularityPenalty=.3,.4,.5
        try Rp3Beta -- alpha=.9,1.1 userAlpha=.8,1 beta=.3,.4,.5 neighbors=100,200 shrinkage=3,6
        try GraphFilter factors=0 popularity=0 -- itemExponent=.4,.5 userExponent=.1,.2,.3 lowPassWeight=1,2.4,4
        try Ease -- regularization=20,35,70
        try ImplicitAls iterations=8 -- factors=768,1024 unobservedWeight=.005,.007 regularization=.003,.005
        try Diversify 'algorithm=ImplicitAls{factors=512, iterations=8, regularization=0.005, unobservedWeight=0.007}' -- relevance=.95
        shape='factors=512, iterations=8, regularization=0.005, unobservedWeight=0.007'
        graph='GraphFilter{userExponent=0.2, itemExponent=0.4, popularity=0}'
        walk='Rp3Beta{alpha=0.9, userAlpha=0.8, beta=0.4, neighbors=200, shrinkage=3}'
        blend "$walk, ImplicitAls{$shape}" .5,1 .3,1
        blend "$graph, ImplicitAls{$shape}" .5,1 .3,1
        blend "Ease{regularization=50}, ImplicitAls{$shape}" .5,1 .3,1
        # Hybrids of the best.
        shape='factors=1024, iterations=8, regularization=0.005, unobservedWeight=0.007'
        blend "Ease{regularization=50}, ImplicitAls{$shape}" .4,1 .7,1
        blend "Ease{regularization=50}, $walk, ImplicitAls{$shape}" .4,.2,1 .4,.4,1
        blend "Ease{regularization=50}, UserKnn{neighbors=1600, shrinkage=0, amplification=1.5, popularityPenalty=0.5}, ImplicitAls{$shape}" .4,.2,1
        ;;
    movietweetings)
        use movietweetings
        try Popularity -- halfLifeDays=1,2,4,7,14,30,60
        try SessionKnn sessionGapMinutes=Infinity -- neighbors=200,500 rarity=0,1,2 neighborDecay=2,4,8 positionDecay=2,3,5 \
            recencyHalfLifeDays=1,2,4,8 backward=.5,1
        try IncrementalItemKnn -- halfLifeDays=3,10,30 asymmetry=0,.3,.6 neighbors=100,300 shrinkage=0,3,10 recencyHalfLife=3,10,Infinity
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
        rating_models
        rerankers 'UserKnn{neighbors=800, amplification=1, popularityPenalty=0, shrinkage=30}'
        category_rerankers 'UserKnn{neighbors=800, amplification=1, popularityPenalty=0, shrinkage=30}'
        # Around the best of the above.
        try SessionKnn sessionGapMinutes=Infinity rarity=1 -- neighbors=100,200,400 neighborDecay=8,16,32 positionDecay=2,3,5 \
            recencyHalfLifeDays=1,2,4 backward=.25,.5,.75
        try SessionKnn sessionGapMinutes=Infinity backward=.5 -- neighbors=200,400 neighborDecay=32,64,128 positionDecay=3,5,8 \
            recencyHalfLifeDays=1,2,4 rarity=.5,1,1.5
        try ItemKnn weighting=bm25 amplification=1.5 -- neighbors=100,200 shrinkage=15,25,50,100 asymmetry=.8,.9,1
        try UserKnn popularityPenalty=0 -- weighting=none,tfidf neighbors=800,1600 shrinkage=10,20,30 amplification=1,1.5
        try ImplicitAls -- factors=16,32 unobservedWeight=.02,.03,.05,.1 regularization=.05,.1 iterations=3,4,6
        try GraphFilter popularity=0 -- factors=64,128 itemExponent=.2,.3,.4 userExponent=.1,.2,.3 lowPassWeight=0.5,1,2
        try Ease -- regularization=5000,8000
        try FeatureAls 'als=ImplicitAls{factors=32, iterations=4, unobservedWeight=0.03, regularization=0.05}' -- \
            featureRegularization=1,3,10 shrinkage=.3,1,3
        # Hybrids of the best.
        sessions='SessionKnn{sessionGapMinutes=Infinity, neighborDecay=128, neighbors=200, positionDecay=8, recencyHalfLifeDays=2, backward=0.5}'
        als='ImplicitAls{factors=16, iterations=3, unobservedWeight=0.02, regularization=0.05}'
        latest='Popularity{halfLifeDays=4}'
        fresh "$latest, $sessions" 1,1 1,2 1,4
        fresh "$latest, $sessions, UserKnn{neighbors=1600, amplification=1, popularityPenalty=0, shrinkage=10, weighting=none}" 1,2,1 1,3,2 1,2,4
        fresh "$latest, $sessions, $als" 1,2,.5 1,2,1 1,3,2 1,2,4 1,1,1 2,2,1
        ;;
    citeulike)
        use citeulike
        for fields in tag:1 text:1 tag:2,text:1 tag:3,text:1 tag:5,text:1; do
            try ContentBased "fields=$fields" -- weighting=tfidf,bm25 similarity=cosine,dot
        done
        for shape in 'factors=128' 'factors=256' 'factors=256, unobservedWeight=0.02'; do
            try FeatureAls "als=ImplicitAls{$shape}" weighting=bm25 -- featureRegularization=.3,1,3 shrinkage=.3,1
        done
        # Around the best of the above.
        for shape in 'factors=256' 'factors=512'; do
            try FeatureAls "als=ImplicitAls{$shape}" weighting=bm25 -- featureRegularization=.03,.1,.3
        done
        content='ContentBased{fields={tag:3,text:1}, weighting=bm25}'
        for regularization in .1 .3; do
            blend "$content, FeatureAls{als={ImplicitAls{factors=256}}, weighting=bm25, featureRegularization=$regularization}" 1,1 1,1.5 1,2
        done
        # Hybrids of the best.
        for regularization in .05 .1 .2; do
            blend "$content, FeatureAls{als={ImplicitAls{factors=512}}, weighting=bm25, featureRegularization=$regularization}" 1,1.5 1,2
        done
        ;;
    gowalla)
        use gowalla
        neighborhoods
        trials=8
        bpr
        rerankers GraphFilter
        graph 0,512,1024
        # Around the best of the above.
        trials=24
        try ItemKnn weighting=none amplification=1.5 -- neighbors=150,200,300 shrinkage=1,2,4 asymmetry=.8,.85,.9,.95
        try UserKnn weighting=tfidf -- neighbors=150,200,300 shrinkage=0,1 amplification=1.2,1.5,1.8 popularityPenalty=.1,.2,.3
        try Rp3Beta neighbors=200 -- alpha=.7,.8,.9,1 userAlpha=.5,.6,.7,.8 beta=.1,.2,.3 shrinkage=2,3,5
        try Bpr negatives=64 iterations=100 learningRate=.05 -- factors=256 regularization=.02,.03
        # Hybrids of the best.
        knn='UserKnn{amplification=1.5, popularityPenalty=0.2, weighting=tfidf, neighbors=200, shrinkage=0}'
        als='ImplicitAls{unobservedWeight=0.018, regularization=0.004, iterations=6'
        for factors in 256 1024; do
            blend "GraphFilter, $als, factors=$factors}, $knn" 1,.4,.3
        done
        blend "GraphFilter, $als, factors=1024}, $knn" 1,.6,.3 1,.8,.4
        try Diversify "algorithm=Blend{members={GraphFilter, $als, factors=1024}, $knn}, weights={1,0.8,0.4}}"
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
