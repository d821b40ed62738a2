#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
internal import OktaRuntime

/// Times in journals: milliseconds since 1970.
package enum Moment {
    /// The current time of this machine's clock.
    package static var now: Int { Int(Date().timeIntervalSince1970 * 1000) }

    /// Parses a time in the form of the API.
    package static func milliseconds(of text: String) -> Int? {
        Date(lenient: JSON(text)).map { Int($0.timeIntervalSince1970 * 1000) }
    }

    /// Returns the time in the form of the API.
    package static func text(of milliseconds: Int) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).json.string ?? ""
    }
}
