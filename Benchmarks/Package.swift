// swift-tools-version: 6.1
import PackageDescription

// The package of all measurements. Targets of the Makefile run them. It is separate, so that the libraries in the
// comparisons are not dependencies of okta-swift.
let package = Package(
    name: "okta-swift-benchmarks",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(name: "okta-swift", path: "..", traits: ["Redis"]),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        // MARK: Time and memory of a command, and how the generator grows with its catalog.
        .executableTarget(
            name: "measure",
            dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Measure"
        ),
        .executableTarget(
            name: "measure-scale",
            dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Scale"
        ),

        // MARK: Models and JSON, compared with Codable and simdjson. emit-baseline writes the structs and FieldSum.swift.
        .executableTarget(
            name: "emit-baseline",
            dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Baseline"
        ),
        .target(name: "CodableModels", path: "Comparison/CodableModels"),
        .target(
            name: "SimdJSON",
            path: "Comparison/SimdJSON",
            linkerSettings: [.linkedLibrary("simdjson")]
        ),
        .executableTarget(
            name: "bench-json",
            dependencies: ["CodableModels", "SimdJSON", .product(name: "Okta", package: "okta-swift")],
            path: "Comparison/bench-json"
        ),
        // The same call with our models and with the structs, to compare the sizes of the stripped programs.
        .executableTarget(
            name: "program-okta",
            dependencies: [.product(name: "Okta", package: "okta-swift")],
            path: "Comparison/program-okta"
        ),
        .executableTarget(
            name: "program-codable",
            dependencies: ["CodableModels"],
            path: "Comparison/program-codable"
        ),

        // MARK: The transport, compared with other HTTP clients.
        .target(name: "MultiLoop", path: "Runtime/MultiLoop", linkerSettings: [.linkedLibrary("curl")]),
        .executableTarget(
            name: "bench-client",
            dependencies: [
                "MultiLoop",
                .product(name: "Okta", package: "okta-swift"),
                .product(name: "OktaRuntime", package: "okta-swift"),
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ],
            path: "Runtime/bench-client"
        ),

        // MARK: Whole programs compared with peers, and the growth of costs.
        .executableTarget(
            name: "okta-client",
            dependencies: [.product(name: "Okta", package: "okta-swift")],
            path: "Peers/okta-client"
        ),
        .executableTarget(
            name: "bench-growth",
            dependencies: [.product(name: "OktaRuntime", package: "okta-swift")],
            path: "Growth"
        ),
        .executableTarget(
            name: "bench-sharing",
            dependencies: [
                .product(name: "OktaRedis", package: "okta-swift"),
                .product(name: "OktaRuntime", package: "okta-swift"),
            ],
            path: "SharedLimits/bench-sharing"
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
