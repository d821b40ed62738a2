import Testing

extension Trait where Self == TimeLimitTrait {
    /// A time limit for tests that would hang if the tested code were broken, long enough for any busy machine.
    static var hangLimit: Self { .timeLimit(.minutes(30)) }
}
