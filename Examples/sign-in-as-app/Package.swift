// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "sign-in-as-app",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "sign-in-as-app", targets: ["sign-in-as-app"])],
    dependencies: [
        // In your own package: .package(url: "https://github.com/OWNER/okta-swift", from: "VERSION", traits: ["OAuth"])
        .package(name: "okta-swift", path: "../..", traits: ["OAuth"])
    ],
    targets: [
        .executableTarget(
            name: "sign-in-as-app",
            dependencies: [
                .product(name: "Okta", package: "okta-swift"),
                .product(name: "OktaOAuth", package: "okta-swift"),
            ],
            path: "Sources")
    ],
    swiftLanguageModes: [.v6]
)
