// swift-tools-version: 6.1
import PackageDescription

// All examples in one build, and the tests that run them: `make examples`. Each example is an independent package; copy
// its folder to use it.
let examples = ["list-users", "offboard-person", "follow-log", "sign-in-as-app", "many-orgs"]

let package = Package(
    name: "okta-swift-examples",
    platforms: [.macOS(.v15)],
    // The traits are repeated here, because the package manager does not unite those of the examples.
    dependencies: [
        .package(name: "okta-swift", path: "..", traits: ["OAuth"]), .package(path: "demo-org"),
    ] + examples.map { .package(path: $0) },
    targets: [
        .testTarget(
            name: "ExampleTests",
            dependencies: [
                .product(name: "DemoOrg", package: "demo-org"),
                .product(name: "demo-org", package: "demo-org"),
                .product(name: "Okta", package: "okta-swift"),
                .product(name: "OktaOAuth", package: "okta-swift"),
            ] + examples.map { .product(name: $0, package: $0) },
            path: "Tests")
    ],
    swiftLanguageModes: [.v6]
)
