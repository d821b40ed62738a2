/// Something that the caller gave can not be used.
struct InputFailure: Error {
    /// What is wrong and what to do about it.
    var message: String
}
