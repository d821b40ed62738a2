/// Invalid input from the caller.
struct InputFailure: Error {
    /// The problem and the advice.
    var message: String
}
