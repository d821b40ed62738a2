// swift-tools-version: 6.1
import PackageDescription

// On Linux, the compiler finds hiredis without pkg-config, whose file has a flag that the package manager warns about.
#if os(Linux)
let hiredisPackage: String? = nil
#else
let hiredisPackage: String? = "hiredis"
#endif

let package = Package(
    name: "okta-swift",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "OktaSettingsFile", targets: ["OktaSettingsFile"]),
        .library(name: "OktaOAuth", targets: ["OktaOAuth"]),
        .library(name: "OktaObservability", targets: ["OktaObservability"]),
        // Rate limits shared by programs on many machines, with the trait Redis.
        .library(name: "OktaRedis", targets: ["OktaRedis"]),
        // The client without the actions, on which Okta is built; sufficient for requests by path.
        .library(name: "OktaRuntime", targets: ["OktaRuntime"]),
        // An org on this machine for tests, over HTTP with the trait LocalOrg.
        .library(name: "OktaLocalOrg", targets: ["OktaLocalOrg"]),
        .executable(name: "okta-local-org", targets: ["okta-local-org"]),
        // The command line, with the trait CommandLine. Its target has another name, because a file system that ignores
        // letter case cannot store the modules `okta` and `Okta` together.
        .executable(name: "okta", targets: ["okta-command"]),
        // `okta proxy`, with the trait Proxy.
        .executable(name: "okta-proxy", targets: ["okta-proxy"]),
        .executable(name: "okta-generator", targets: ["okta-generator"]),
        .plugin(name: "OktaGeneratePlugin", targets: ["OktaGeneratePlugin"]),
        .plugin(name: "OktaCheckPlugin", targets: ["OktaCheckPlugin"]),
    ],
    traits: [
        .default(enabledTraits: ["OAuth", "Generator"]),
        .trait(name: "OAuth", description: "Sign in as an app, on swift-crypto: product OktaOAuth"),
        .trait(name: "Generator", description: "The command line of the generator, on swift-argument-parser"),
        .trait(
            name: "CommandLine", description: "The command `okta`, on swift-argument-parser and GRDB",
            enabledTraits: ["OAuth"]),
        .trait(
            name: "LocalOrg",
            description: "Serve an org on this machine over HTTP, on Hummingbird: OktaLocalOrg, okta-local-org"
        ),
        .trait(name: "Redis", description: "Share rate limits through Redis or Valkey, on hiredis: product OktaRedis"),
        .trait(
            name: "Proxy",
            description: "`okta proxy`, which puts other clients under an org's rate limits, on Hummingbird",
            enabledTraits: ["CommandLine"]),
        .trait(name: "Logging", description: "Log calls with swift-log: LoggingObserver in OktaObservability"),
        .trait(name: "Metrics", description: "Measure calls with swift-metrics: MetricsObserver in OktaObservability"),
        .trait(
            name: "Tracing",
            description: "Trace calls with swift-distributed-tracing: TracingObserver in OktaObservability"),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
        // Resolved only if the traits are enabled.
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-distributed-tracing", from: "1.7.3"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    ],
    targets: [
        // MARK: Library: the targets that a consumer of the modules builds.
        .systemLibrary(
            name: "CLibCurl",
            path: "Runtime/CLibCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"]), .brew(["curl"])]
        ),
        .target(
            name: "CCurlShim",
            dependencies: ["CLibCurl"],
            path: "Runtime/CCurlShim"
        ),
        .target(
            name: "CByteScan",
            path: "Runtime/CByteScan"
        ),
        .target(
            name: "OktaRuntime",
            dependencies: [
                "CByteScan",
                "CCurlShim",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Runtime/OktaRuntime"
        ),
        // Files with settings. Only this part of the library needs libyaml.
        .target(name: "OktaSettingsFile", dependencies: ["OktaRuntime", "YAML"], path: "Runtime/OktaSettingsFile"),

        // Behind a trait, and built only if it is imported, because BoringSSL is slow to build.
        .target(
            name: "OktaOAuth",
            dependencies: [
                "OktaRuntime",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Crypto", package: "swift-crypto", condition: .when(traits: ["OAuth"])),
                .product(name: "CryptoExtras", package: "swift-crypto", condition: .when(traits: ["OAuth"])),
                .product(name: "SwiftASN1", package: "swift-asn1", condition: .when(traits: ["OAuth"])),
            ],
            path: "Runtime/OktaOAuth"
        ),
        // Has only the observers whose traits are enabled.
        .target(
            name: "OktaObservability",
            dependencies: [
                "OktaRuntime",
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Logging"])),
                .product(name: "CoreMetrics", package: "swift-metrics", condition: .when(traits: ["Metrics"])),
                .product(name: "Tracing", package: "swift-distributed-tracing", condition: .when(traits: ["Tracing"])),
            ],
            path: "Runtime/OktaObservability"
        ),
        // Empty without the trait, so that hiredis is needed only with it.
        .systemLibrary(
            name: "CHiredis",
            path: "Runtime/CHiredis",
            pkgConfig: hiredisPackage,
            providers: [.apt(["libhiredis-dev"]), .brew(["hiredis"])]
        ),
        .target(
            name: "OktaRedis",
            dependencies: ["OktaRuntime", .target(name: "CHiredis", condition: .when(traits: ["Redis"]))],
            path: "Runtime/OktaRedis"
        ),

        // MARK: Generator: reads Spec, writes Generated, and is independent of the library.
        .systemLibrary(
            name: "CLibYAML",
            path: "Generator/CLibYAML",
            pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
        ),
        .target(name: "YAML", dependencies: ["CLibYAML"], path: "Generator/YAML"),
        .target(name: "OktaCatalog", dependencies: ["YAML"], path: "Generator/OktaCatalog"),
        .target(name: "OktaGenerator", dependencies: ["OktaCatalog", "YAML"], path: "Generator/OktaGenerator"),
        .target(name: "OktaUpstream", dependencies: ["OktaCatalog", "YAML"], path: "Generator/OktaUpstream"),
        .target(
            name: "OktaDrift", dependencies: ["OktaCatalog", "OktaGenerator", "OktaUpstream", "YAML"],
            path: "Generator/OktaDrift"),
        .executableTarget(
            name: "okta-generator",
            dependencies: [
                "OktaCatalog", "OktaDrift", "OktaGenerator", "OktaUpstream", "YAML",
                .product(
                    name: "ArgumentParser", package: "swift-argument-parser", condition: .when(traits: ["Generator"])),
            ],
            path: "Generator/okta-generator"
        ),

        .plugin(
            name: "OktaGeneratePlugin",
            capability: .command(
                intent: .custom(
                    verb: "okta-generate", description: "Writes the Swift sources of the catalog in this package."),
                permissions: [
                    .writeToPackageDirectory(reason: "The sources are written where they are committed.")
                ]),
            dependencies: ["okta-generator"],
            path: "Generator/OktaGeneratePlugin"
        ),
        .plugin(
            name: "OktaCheckPlugin",
            capability: .command(
                intent: .custom(
                    verb: "okta-check",
                    description: "Returns whether the Swift sources in this package are those of its catalog.")),
            dependencies: ["okta-generator"],
            path: "Generator/OktaCheckPlugin"
        ),

        // MARK: Tools
        // The engine of regular expressions of both programs.
        .target(name: "OktaPatterns", path: "Tools/Patterns"),

        // MARK: Local org: an org on this machine, for tests.
        .target(
            name: "OktaLocalOrg",
            dependencies: [
                "Okta", "OktaGovernance", "OktaMyAccount", "OktaOAuthAPI", "OktaPatterns", "OktaRuntime",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["LocalOrg"])),
                .product(name: "HummingbirdTLS", package: "hummingbird", condition: .when(traits: ["LocalOrg"])),
                .product(
                    name: "NIOHTTPCompression", package: "swift-nio-extras", condition: .when(traits: ["LocalOrg"])),
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["LocalOrg"])),
                .product(name: "Crypto", package: "swift-crypto", condition: .when(traits: ["LocalOrg"])),
                .product(name: "CryptoExtras", package: "swift-crypto", condition: .when(traits: ["LocalOrg"])),
                .product(name: "SwiftASN1", package: "swift-asn1", condition: .when(traits: ["LocalOrg"])),
                .product(name: "X509", package: "swift-certificates", condition: .when(traits: ["LocalOrg"])),
            ],
            path: "Tools/LocalOrg/OktaLocalOrg"
        ),
        .executableTarget(
            name: "okta-local-org", dependencies: ["OktaLocalOrg", "OktaRuntime"],
            path: "Tools/LocalOrg/okta-local-org"),
        // Replays recorded sessions against a local org, and prints how often the responses agree.
        .executableTarget(
            name: "okta-conformance",
            dependencies: [
                "OktaLocalOrg", "OktaRuntime",
                .product(name: "Crypto", package: "swift-crypto", condition: .when(traits: ["LocalOrg"])),
            ],
            path: "Tools/LocalOrg/Conformance"),

        // MARK: Command line: every action from the shell.
        .target(
            name: "OktaCommand",
            dependencies: [
                "Okta", "OktaGovernance", "OktaMyAccount", "OktaOAuth", "OktaOAuthAPI", "OktaPatterns", "OktaRuntime",
                "OktaSettingsFile", "YAML",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(
                    name: "ArgumentParser", package: "swift-argument-parser", condition: .when(traits: ["CommandLine"])),
                .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["CommandLine"])),
                .product(name: "Crypto", package: "swift-crypto", condition: .when(traits: ["CommandLine"])),
            ],
            path: "Tools/okta/OktaCommand"
        ),
        // Loads libcurl at its first call.
        .target(name: "CLazyCurl", dependencies: ["CLibCurl"], path: "Tools/okta/CLazyCurl"),
        .executableTarget(
            name: "okta-command", dependencies: ["CLazyCurl", "OktaCommand"], path: "Tools/okta/okta-command"),

        // MARK: Proxy: an org's rate limits for other clients.
        .target(
            name: "OktaProxy",
            dependencies: [
                "OktaCommand", "OktaRedis", "OktaRuntime",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird", condition: .when(traits: ["Proxy"])),
                .product(name: "HummingbirdTLS", package: "hummingbird", condition: .when(traits: ["Proxy"])),
                .product(name: "Logging", package: "swift-log", condition: .when(traits: ["Proxy"])),
            ],
            path: "Tools/Proxy/OktaProxy"
        ),
        .executableTarget(
            name: "okta-proxy",
            dependencies: [
                "CLazyCurl", "OktaCommand", "OktaProxy",
                .product(
                    name: "ArgumentParser", package: "swift-argument-parser", condition: .when(traits: ["Proxy"])),
            ],
            path: "Tools/Proxy/okta-proxy"),

        // MARK: Tests
        // Targets for tests only are test targets, so that neither consumers nor a plain `swift build` build them.
        .testTarget(
            name: "LoopbackServer",
            // Only for the lock of `make sanitize`.
            dependencies: ["OktaRuntime"],
            path: "Tests/LoopbackServer",
            exclude: ["Package.swift"]
        ),
        // Random catalogs and documents, and the guarantees of the generator for them.
        .target(name: "GeneratorFuzzing", dependencies: ["YAML"], path: "Tests/GeneratorFuzz/Support"),
        .executableTarget(
            name: "fuzz-generator",
            dependencies: [
                "GeneratorFuzzing", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Tests/GeneratorFuzz/Program"
        ),
        .testTarget(name: "YAMLTests", dependencies: ["YAML"]),
        .testTarget(name: "OktaCatalogTests", dependencies: ["OktaCatalog", "YAML"]),
        .testTarget(name: "OktaUpstreamTests", dependencies: ["OktaCatalog", "OktaUpstream", "YAML"]),
        .testTarget(
            name: "OktaGeneratorTests",
            dependencies: [
                "OktaCatalog", "OktaGenerator", "OktaRuntime", "OktaUpstream", "YAML", "okta-generator",
                "GeneratorFuzzing", "GoldenFeatures", "GoldenHostile", "GoldenPlaces", "GoldenPlacesSupport",
                "GoldenNames",
                "GoldenNamesSupport",
                "GoldenEmpty", "GoldenEmptySupport", "GoldenDocument", "GoldenDocumentSupport", "OktaTestSupport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]
        ),
        .testTarget(
            name: "OktaDriftTests",
            dependencies: [
                "OktaCatalog", "OktaDrift", "OktaGenerator", "OktaUpstream", "YAML", "okta-generator",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["cases"]
        ),
        .testTarget(
            name: "OktaRuntimeTests",
            dependencies: [
                "CByteScan", "OktaRuntime", "LoopbackServer", .product(name: "HTTPTypes", package: "swift-http-types"),
            ]
        ),
        .testTarget(
            name: "OktaSettingsFileTests",
            dependencies: [
                "OktaSettingsFile", "OktaRuntime", .product(name: "HTTPTypes", package: "swift-http-types"),
            ]
        ),
        .testTarget(
            name: "OktaOAuthTests",
            dependencies: [
                "OktaOAuth", "OktaSettingsFile", "OktaRuntime",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "OktaObservabilityTests",
            dependencies: [
                "OktaObservability", "OktaRuntime", .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "InMemoryLogging", package: "swift-log", condition: .when(traits: ["Logging"])),
                .product(name: "MetricsTestKit", package: "swift-metrics", condition: .when(traits: ["Metrics"])),
                .product(
                    name: "InMemoryTracing", package: "swift-distributed-tracing", condition: .when(traits: ["Tracing"])
                ),
            ]
        ),
        // Tests over Redis need the server that `make test-integration` starts, and are skipped without it.
        .testTarget(
            name: "OktaRateLimitStoreTests",
            dependencies: [
                "OktaLocalOrg", "OktaRedis", "OktaRuntime", "LoopbackServer",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]
        ),
        // Need the nginx that `make test-integration` starts, and are skipped without it.
        .testTarget(
            name: "IntegrationTests",
            dependencies: ["OktaRuntime", "LoopbackServer", .product(name: "HTTPTypes", package: "swift-http-types")]
        ),
        // The helpers of the generated samples of every module.
        .testTarget(
            name: "OktaTestSupport",
            dependencies: ["OktaRuntime"],
            path: "Tests/OktaTestSupport",
            exclude: ["Generated"]
        ),
        .testTarget(
            name: "OktaTests",
            // Every module is added below, with its samples.
            dependencies: [
                "OktaCatalog", "OktaSettingsFile", "OktaTestSupport", "YAML",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "OktaLocalOrgTests",
            dependencies: [
                "OktaLocalOrg", "LoopbackServer", "Okta", "OktaGovernance", "OktaMyAccount", "OktaOAuth",
                "OktaOAuthAPI", "OktaRuntime", "OktaTestSupport",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "SwiftASN1", package: "swift-asn1", condition: .when(traits: ["LocalOrg"])),
                .product(name: "X509", package: "swift-certificates", condition: .when(traits: ["LocalOrg"])),
            ]),
        .testTarget(
            name: "OktaCommandTests",
            dependencies: [
                "OktaCommand", "OktaLocalOrg", "OktaRuntime", "LoopbackServer", "YAML", "okta-command",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "GRDB", package: "GRDB.swift", condition: .when(traits: ["CommandLine"])),
            ],
            exclude: ["Golden"]),
        .testTarget(
            name: "OktaProxyTests",
            dependencies: [
                "OktaProxy", "OktaCommand", "OktaDrift", "OktaLocalOrg", "OktaRuntime", "LoopbackServer",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ]),
        .testTarget(
            name: "TrafficTests",
            dependencies: [
                "Okta", "OktaSamples", "OktaTestSupport", .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            resources: [.copy("Fixtures")]
        ),
    ],
    swiftLanguageModes: [.v6]
)

// The modules of Okta's documents, each with a catalog in a folder of `Spec`. Another module needs only a line here: it
// gets a product, a target for its sources, and a target for the samples that tests use.
let modules = [
    "Okta",
    "OktaGovernance",
    "OktaMyAccount",
    "OktaOAuthAPI",
]
// The modules whose models are a separate module, which they re-export. After a change of an action, the compiler then
// reads the models instead of compiling them. For small modules, the separate module would cost more than it saves.
let modulesInParts: Set = ["Okta"]
for module in modules {
    package.products.append(.library(name: module, targets: [module]))
    let folder = "Generated/\(module)"
    if modulesInParts.contains(module) {
        package.targets += [
            .target(name: "\(module)Models", dependencies: ["OktaRuntime"], path: "\(folder)/Models"),
            .target(
                name: module, dependencies: ["OktaRuntime", .target(name: "\(module)Models")], path: folder,
                exclude: ["Models", "manifest.json"]),
        ]
    } else {
        package.targets.append(
            .target(name: module, dependencies: ["OktaRuntime"], path: folder, exclude: ["manifest.json"]))
    }
    package.targets += [
        // Calls of every function and reads of every field.
        .testTarget(
            name: "\(module)Samples",
            dependencies: [
                .target(name: module), "OktaTestSupport", "OktaRuntime",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Tests/OktaTestSupport/Generated/\(module)",
            exclude: ["manifest.json"])
    ]
    package.targets.first { $0.name == "OktaTests" }?.dependencies += [
        .target(name: module), .target(name: "\(module)Samples"),
    ]
    package.targets.first { $0.name == "OktaLocalOrgTests" }?.dependencies += [.target(name: "\(module)Samples")]
}

// The generator's output for the catalogs of the tests, compiled to verify that it compiles. Some also have the output
// for tests.
for (name, folder, hasSupport) in [
    ("GoldenFeatures", "features", false), ("GoldenHostile", "hostile", false), ("GoldenPlaces", "places", true),
    ("GoldenNames", "names", true), ("GoldenEmpty", "empty", true), ("GoldenDocument", "document", true),
] {
    package.targets.append(
        .testTarget(
            name: name,
            dependencies: ["OktaRuntime", .product(name: "HTTPTypes", package: "swift-http-types")],
            path: "Tests/Golden/\(folder)/expected",
            exclude: ["manifest.json"]))
    guard hasSupport else { continue }
    package.targets.append(
        .testTarget(
            name: "\(name)Support",
            dependencies: [
                .target(name: name), "OktaTestSupport", "OktaRuntime",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Tests/Golden/\(folder)/support/Generated",
            exclude: ["manifest.json"]))
}

// Upcoming features, chosen before the API is final; CONTRIBUTING has the reasons.
for target in package.targets where target.type != .plugin && target.type != .system {
    target.swiftSettings =
        (target.swiftSettings ?? [])
        + ["ExistentialAny", "MemberImportVisibility", "InternalImportsByDefault"].map { .enableUpcomingFeature($0) }
}
