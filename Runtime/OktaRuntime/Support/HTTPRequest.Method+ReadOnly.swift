internal import HTTPTypes

extension HTTPRequest.Method {
    /// Whether calls of this method change nothing, so that one more does no harm.
    var isReadOnly: Bool { self == .get || self == .head }
}
