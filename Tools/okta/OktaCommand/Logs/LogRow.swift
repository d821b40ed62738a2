#if canImport(FoundationEssentials)
internal import FoundationEssentials
#else
internal import Foundation
#endif
package import OktaRuntime

/// What columns have of an event, beside the event as a whole.
package struct LogRow: Sendable {
    /// The event's id; an event without one is stored all the same.
    package let uuid: String?
    /// When it happened, in the form of ISO 8601 that sorts; nil where the event states no readable time.
    package let published: String?
    /// Its type, such as `user.session.start`.
    package let type: String?

    package init(_ event: JSON) {
        uuid = event["uuid"]?.string
        published = event["published"].flatMap { Date(lenient: $0) }?.json.string
        type = event["eventType"]?.string
    }

    /// The org of a stream.
    package static func org(of stream: String) -> String { (try? JSON(parsing: stream))?["org"]?.string ?? "" }
}
