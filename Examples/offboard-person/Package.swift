// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "offboard-person",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "offboard-person", targets: ["offboard-person"])],
    dependencies: [
        // In your own package: .package(url: "https://github.com/OWNER/okta-swift", from: "VERSION", traits: [])
        .package(name: "okta-swift", path: "../..", traits: [])
    ],
    targets: [
        .executableTarget(
            name: "offboard-person",
            dependencies: [.product(name: "Okta", package: "okta-swift")],
            path: "Sources")
    ],
    swiftLanguageModes: [.v6]
)
