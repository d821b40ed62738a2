// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "many-orgs",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "many-orgs", targets: ["many-orgs"])],
    dependencies: [
        // In your own package: .package(url: "https://github.com/OWNER/okta-swift", from: "VERSION", traits: [])
        .package(name: "okta-swift", path: "../..", traits: [])
    ],
    targets: [
        .executableTarget(
            name: "many-orgs",
            dependencies: [
                .product(name: "Okta", package: "okta-swift"),
                .product(name: "OktaSettingsFile", package: "okta-swift"),
            ],
            path: "Sources")
    ],
    swiftLanguageModes: [.v6]
)
