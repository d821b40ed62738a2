internal import HTTPTypes

extension HTTPRequest.Method {
    /// Whether calls with this method change nothing, so that repeating them is safe.
    var isReadOnly: Bool { self == .get || self == .head }
}
