#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
package import OktaRuntime

/// The columns of an event, which is also stored as a whole.
package struct EventColumns: Sendable {
    /// The event's id; nil if it has none.
    package let uuid: String?
    /// The time of the event in sortable ISO 8601 form; nil if it has none or it is invalid.
    package let published: String?
    /// The event type, such as `user.session.start`.
    package let type: String?

    package init(_ event: JSON) {
        uuid = event["uuid"]?.string
        published = event["published"].flatMap { Date(lenient: $0) }?.json.string
        type = event["eventType"]?.string
    }

    /// Returns the org of a stream.
    package static func org(of stream: String) -> String { (try? JSON(parsing: stream))?["org"]?.string ?? "" }
}
