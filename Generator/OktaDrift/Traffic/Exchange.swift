import YAML

/// A recorded request with its response.
struct Exchange: Sendable {
    /// The method in upper case.
    var method: String
    /// The path of the address, without its query.
    var path: String
    /// The status of the response.
    var status: Int
    /// The body of the response; nil when there is none or it is not JSON.
    var body: RecordedValue?
    /// The line of the recording.
    var location: SourceLocation
}
