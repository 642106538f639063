using System.Linq;
using System.Threading.Tasks;
using IExec.Tasks.Loading;

namespace IExec.Tasks.CmdletTests.Binding;

public sealed class RecentListTests
{
    private readonly RecentList _list = new();

    [Fact]
    public void The_latest_comes_first_and_only_once()
    {
        _list.Add("a", "first");
        _list.Add("b", null);
        _list.Add("a", "second");

        Assert.Equal([("a", "second"), ("b", null)], _list.Items);
    }

    [Fact]
    public void A_description_is_kept_when_there_is_no_new_one()
    {
        _list.Add("a", "known");
        _list.Add("a", null);

        Assert.Equal([("a", "known")], _list.Items);
    }

    [Fact]
    public void The_oldest_of_more_than_a_hundred_are_forgotten()
    {
        foreach (var number in Enumerable.Range(0, 250))
            _list.Add($"{number}", null);

        Assert.Equal(Enumerable.Range(150, 100).Reverse().Select(number => $"{number}"), _list.Items.Select(item => item.Value));
    }

    [Fact]
    public void It_can_be_read_while_others_add()
    {
        Parallel.For(0, 10_000, number =>
        {
            _list.Add($"{number % 300}", null);
            Assert.InRange(_list.Items.Count, 1, 100);
        });

        Assert.Equal(100, _list.Items.Distinct().Count());
    }
}
