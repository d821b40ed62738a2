// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "test-with-local-org",
    platforms: [.macOS(.v15)],
    dependencies: [
        // In your own package: .package(url: "https://github.com/OWNER/okta-swift", from: "VERSION", traits: ["LocalOrg"])
        .package(name: "okta-swift", path: "../..", traits: ["LocalOrg"])
    ],
    targets: [
        .target(
            name: "Onboarding", dependencies: [.product(name: "Okta", package: "okta-swift")], path: "Sources"),
        .testTarget(
            name: "SwiftTestingTests",
            dependencies: [
                "Onboarding", .product(name: "Okta", package: "okta-swift"),
                .product(name: "OktaLocalOrg", package: "okta-swift"),
            ],
            path: "SwiftTestingTests"),
        .testTarget(
            name: "XCTestTests",
            dependencies: [
                "Onboarding", .product(name: "Okta", package: "okta-swift"),
                .product(name: "OktaLocalOrg", package: "okta-swift"),
            ],
            path: "XCTestTests"),
    ],
    swiftLanguageModes: [.v6]
)
