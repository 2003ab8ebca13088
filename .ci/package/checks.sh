# Sourced by .ci/run after the package was made: uses it as a stranger would, in a folder outside the repository.

# The package comes from a feed of its own, and its own package folder keeps an older build with the same version out.
export NUGET_PACKAGES=$work/packages
consumer=$work/consumer

# The program of the page for newcomers: its first block of C#.
first_program() {
    sed -n '/^```csharp$/,/^```$/{/^```/!p;/^```$/q}' "$1"
}

create() (
    mkdir -p "$consumer" && cd "$consumer" && cat > nuget.config << CONFIG &&
<configuration>
  <packageSources>
    <add key="gen" value="$work/feed" />
  </packageSources>
</configuration>
CONFIG
        dotnet new console --no-restore --force -n Consumer -o . > /dev/null &&
        dotnet add package GenRnn > /dev/null &&
        first_program "$repository/docs/getting-started.md" > Program.cs
)

# Exactly these files: an assembly that is missing, or one too many beside the analyzers, breaks somebody's build.
contents() (
    cd "$NUGET_PACKAGES"/genrnn/*/ &&
        find . \( -name '*.dll' -o -name '*.targets' -o -name '*.props' -o -name LICENSE -o -name README.md \) |
        sed 's|^\./||' | LC_ALL=C sort | diff "$repository/.ci/package/contents.txt" - &&
        diff -r "$repository/docs/diagnostics" docs/diagnostics &&
        ! grep '<dependency ' genrnn.nuspec
)

# The program's exit code says whether streaming and prediction agree.
use() (
    cd "$consumer" && dotnet run -v q --nologo
)

# says TEXT FILE: whether the text stands in the file; shows the file if not.
says() {
    grep -qF -- "$1" "$2" || { echo "not found: $1"; cat "$2"; return 1; }
}

# fails_with FILE TEXT [ARGUMENT...]: with the file added, the build fails and says the text.
fails_with() (
    cd "$consumer" && cp "$repository/.ci/package/$1" . || exit
    ! dotnet build -v q --nologo "${@:3}" > build.log
    code=$?
    rm -f "$1"
    [ $code -eq 0 ] && says "$2" build.log
)

# The message stands on the flag, says which one was meant, and links to its page, which came with the package.
misspelt_flag() {
    local page
    page=$(echo "$NUGET_PACKAGES"/genrnn/*/docs/diagnostics/GEN0201.md)
    [ -f "$page" ] &&
        fails_with Misspelt.cs "Misspelt.cs(4,15): error GEN0201: 'ReturnSequence' is not an option of SimpleRnn; did you mean 'ReturnSequences'? (file://$page)"
}

# A second build of what has not changed compiles nothing: nothing that the package brings looks new each time.
nothing_to_do() (
    cd "$consumer" && dotnet build -v q --nologo && stat -c %Y obj/*/*/Consumer.dll > first.log && sleep 1 &&
        dotnet build -v q --nologo && stat -c %Y obj/*/*/Consumer.dll | diff first.log -
)

# Nothing in this file is an error of C#: a wrong network does not compile even when nothing but the generator looks at it.
analyzers_off() {
    fails_with Stacked.cs "Stacked.cs(6,22): error GEN0001: 'Stacked' was not generated" -p:RunAnalyzers=false
}

# With them, the message stands on the layer that does not fit.
wrong_network() {
    fails_with Stacked.cs "Stacked.cs(5,2): error GEN0301: SimpleRnn needs (batch, time, features) but SimpleRnn(20) emits (None, 20)"
}

# Fixes can be applied without an editor. Calls of a model are looked at when its declaration is in order, and dotnet format leaves out what an earlier
# fix of the same run has moved: it is run until nothing is left to do.
fix_without_editor() (
    cd "$consumer" && cp "$repository/.ci/package/Broken.cs" . || exit
    code=1
    for run in 1 2 3 4 5; do
        dotnet format analyzers --severity warn --no-restore > "format$run.log" 2>&1
        diff Broken.cs "$repository/.ci/package/Repaired.cs" > difference.log && code=0 && break
    done
    [ $code -eq 0 ] || cat difference.log format?.log
    rm -f Broken.cs
    exit $code
)

# The C# compiler runs the package's machine code: it compiles no method of the generator or the analyzers itself. (It writes down what it compiles.)
precompiled() (
    cd "$consumer" &&
        DOTNET_JitStdOutFile=$PWD/jit.log DOTNET_JitDisasmSummary=1 dotnet build -v q --nologo --no-incremental &&
        says "compiled Microsoft.CodeAnalysis" jit.log &&
        ! grep -m 5 'compiled GenRnn\..*Tier0' jit.log
)

# Publishing ahead of time without fused multiply-add is an error where its cost was measured; a level that has it, or the developer's word, is enough.
ahead_of_time_hint() (
    check() { dotnet msbuild -t:GenRnnCheckInstructionSet -p:PublishAot=true -nologo "$@" > hint.log; }
    silent() { check "$@" && ! grep GEN0901 hint.log; }
    cd "$consumer" &&
        { ! check -p:RuntimeIdentifier=linux-x64; } && says "error GEN0901" hint.log &&
        { ! check -p:RuntimeIdentifier=win-x86 -p:IlcInstructionSet=x86-64-v2; } && says "error GEN0901" hint.log &&
        check -p:RuntimeIdentifier=linux-riscv64 && says "warning GEN0901" hint.log &&
        silent -p:RuntimeIdentifier=linux-x64 -p:IlcInstructionSet=native &&
        silent -p:RuntimeIdentifier=linux-x64 -p:IlcInstructionSet=x86-64-v3 &&
        silent -p:RuntimeIdentifier=linux-x64 -p:GenAllowSoftwareFma=true &&
        silent -p:RuntimeIdentifier=linux-arm64 &&
        silent -p:RuntimeIdentifier=browser-wasm
)

# A declaration in another language has no effect: that is said, and not of a project that only uses models.
language_hint() (
    cd "$consumer" &&
        dotnet msbuild -t:GenRnnCheckLanguage -p:Language=VB -nologo > language.log &&
        says "warning GEN0112" language.log &&
        dotnet msbuild -t:GenRnnCheckLanguage -nologo > language.log &&
        ! grep GEN0112 language.log
)

# The tool comes from its package, and what it writes is a model of the fresh project.
tool() (
    cd "$consumer" && dotnet tool install GenRnn.Tool --tool-path "$work/tools" > tool.log && export PATH=$work/tools:$PATH &&
        dotnet gen import "$repository/tests/GenRnn.Tool.Tests/Interop/keras_forecaster.keras" --output imported --namespace Imported > tool.log &&
        says "505 parameters in 8 variables" tool.log &&
        dotnet build -v q --nologo
    code=$?
    rm -rf imported
    exit $code
)

# What each template makes builds without a warning, and does what it says.
template() (
    export DOTNET_CLI_HOME=$work/templates
    mkdir -p "$work/templates" && cd "$work/templates" && cp "$consumer/nuget.config" . &&
        { [ -d .templateengine ] || dotnet new install "$work"/feed/GenRnn.Templates.*.nupkg > install.log; } &&
        dotnet new "gen-$1" --name "$2" --output "$2" > new.log && cd "$2" && "${@:3}"
)

# The service answers a value with a forecast, and forgets a stream once.
service_answers() (
    dotnet build -v q --nologo -p:TreatWarningsAsErrors=true || exit
    ASPNETCORE_URLS=http://127.0.0.1:0 bin/Debug/net10.0/Pumps > service.log 2>&1 &
    server=$!
    trap 'kill $server' EXIT
    port=
    for try in $(seq 50); do
        port=$(sed -n 's|.*listening on: http://127.0.0.1:||p' service.log)
        [ -n "$port" ] && break
        sleep 0.2
    done
    # request METHOD PATH: the answer, head and body.
    request() { exec 3<> "/dev/tcp/127.0.0.1/$port" && printf '%s %s HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nConnection: close\r\n\r\n' "$1" "$2" >&3 && cat <&3; }
    request PUT /streams/pump-7/0.5 > first.log && says '"forecast":' first.log &&
        request DELETE /streams/pump-7 > second.log && says "HTTP/1.1 204" second.log &&
        request DELETE /streams/pump-7 > third.log && says "HTTP/1.1 404" third.log
)

if step "package: create a fresh project and add it" create; then
    step "package: contents" contents
    step "package: declare, train, stream" use
    step "package: the compiler comes as machine code" precompiled
    step "package: a second build has nothing to do" nothing_to_do
    step "package: a misspelt flag fails the build" misspelt_flag
    step "package: a wrong network is reported where it is wrong" wrong_network
    step "package: a wrong network fails the build without analyzers" analyzers_off
    step "package: dotnet format repairs a broken program" fix_without_editor
    step "package: hint when compiling ahead of time" ahead_of_time_hint
    step "package: hint in other languages" language_hint
    step "package: dotnet gen imports a model" tool
    step "templates: a forecaster" template forecaster Demand dotnet run -v q -p:TreatWarningsAsErrors=true
    step "templates: a streaming web service" template service Pumps service_answers
    step "templates: a library with tests" template library Gestures dotnet test Gestures.Tests -v q --nologo -p:TreatWarningsAsErrors=true
fi
unset NUGET_PACKAGES
