// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "okta-swift",
    platforms: [.macOS(.v15)],
    products: [
        .library(name: "Okta", targets: ["Okta"]),
        // The client without the actions: what Okta is built on, and enough for requests by hand.
        .library(name: "OktaRuntime", targets: ["OktaRuntime"]),
        .executable(name: "okta-generator", targets: ["okta-generator"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swhitty/FlyingFox", from: "0.27.1"),
    ],
    targets: [
        // MARK: Library: what a consumer of `Okta` builds.
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
            name: "OktaRuntime",
            dependencies: [
                "CCurlShim",
                .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            path: "Runtime/OktaRuntime"
        ),
        .target(
            name: "Okta",
            dependencies: ["OktaRuntime"],
            path: "Generated",
            exclude: ["manifest.json"]
        ),

        // MARK: Generator: reads Spec, writes Generated. Nothing of the library is in it.
        .systemLibrary(
            name: "CLibYAML",
            path: "Generator/CLibYAML",
            pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"]), .brew(["libyaml"])]
        ),
        .target(name: "YAML", dependencies: ["CLibYAML"], path: "Generator/YAML"),
        .target(name: "OktaCatalog", dependencies: ["YAML"], path: "Generator/OktaCatalog"),
        .target(name: "OktaGenerator", dependencies: ["OktaCatalog"], path: "Generator/OktaGenerator"),
        .executableTarget(
            name: "okta-generator",
            dependencies: [
                "OktaGenerator",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Generator/okta-generator"
        ),

        // MARK: Benchmarks
        .executableTarget(
            name: "measure",
            dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Benchmarks/Measure"
        ),

        // MARK: Tests
        .target(
            name: "LoopbackServer",
            dependencies: [.product(name: "FlyingSocks", package: "FlyingFox")],
            path: "Tests/LoopbackServer"
        ),
        .executableTarget(
            name: "okta-demo",
            dependencies: ["Okta", "LoopbackServer", .product(name: "HTTPTypes", package: "swift-http-types")],
            path: "Tests/Demo"
        ),
        // What the generator makes of two catalogs of the tests: compiled, so that it is known to compile.
        .target(
            name: "GoldenFeatures",
            dependencies: ["OktaRuntime"],
            path: "Tests/Golden/features/expected",
            exclude: ["manifest.json"]
        ),
        .target(
            name: "GoldenHostile",
            dependencies: ["OktaRuntime"],
            path: "Tests/Golden/hostile/expected",
            exclude: ["manifest.json"]
        ),
        .testTarget(name: "YAMLTests", dependencies: ["YAML"]),
        .testTarget(name: "OktaCatalogTests", dependencies: ["OktaCatalog"]),
        .testTarget(
            name: "OktaGeneratorTests",
            dependencies: [
                "OktaGenerator", "okta-generator", "GoldenFeatures", "GoldenHostile",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .testTarget(
            name: "OktaRuntimeTests",
            dependencies: [
                "OktaRuntime", "LoopbackServer", .product(name: "HTTPTypes", package: "swift-http-types"),
            ]
        ),
        // Against a real nginx, which `make test-integration` starts; skipped without it.
        .testTarget(
            name: "IntegrationTests",
            dependencies: ["OktaRuntime", .product(name: "HTTPTypes", package: "swift-http-types")]
        ),
        // Calls of every function and reads of every field, written by the generator.
        .target(
            name: "OktaTestSupport",
            dependencies: ["Okta"],
            path: "Tests/OktaTestSupport",
            exclude: ["Generated/manifest.json"]
        ),
        .testTarget(
            name: "OktaTests",
            dependencies: ["Okta", "OktaTestSupport", .product(name: "HTTPTypes", package: "swift-http-types")],
            resources: [.copy("Fixtures")]
        ),
        .testTarget(
            name: "TrafficTests",
            dependencies: ["Okta", "OktaTestSupport"],
            resources: [.copy("Fixtures")]
        ),
    ],
    swiftLanguageModes: [.v6]
)
