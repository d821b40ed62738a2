// swift-tools-version: 6.1
import PackageDescription

// All examples in one build, and the tests that run them: `make examples`. Each example is a package that needs nothing
// of this one; copy its folder.
let examples = ["list-users", "offboard-person", "follow-log", "sign-in-as-app", "many-orgs"]

let package = Package(
    name: "okta-swift-examples",
    platforms: [.macOS(.v15)],
    // Stated here too: the package manager does not unite the traits that the examples ask for.
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
