"""Plain models with their default indexes; the result of a commitment stands in a column."""

from django.db import models


class Theme(models.Model):
    slug = models.SlugField()
    name = models.CharField(max_length=120)

    def __str__(self):
        return self.name


class Region(models.Model):
    code = models.CharField(max_length=3)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", models.CASCADE, null=True)

    def __str__(self):
        return self.name


class Body(models.Model):
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    region = models.ForeignKey(Region, models.CASCADE, null=True)

    def __str__(self):
        return self.name


class Resolution(models.Model):
    symbol = models.CharField(max_length=40)
    year = models.IntegerField()
    number = models.IntegerField()

    def __str__(self):
        return self.symbol


class Provision(models.Model):
    resolution = models.ForeignKey(Resolution, models.CASCADE)
    key = models.CharField(max_length=80)
    path = models.CharField(max_length=80)
    text = models.TextField()
    themes = models.ManyToManyField(Theme)

    def __str__(self):
        return self.key


class Commitment(models.Model):
    provision = models.ForeignKey(Provision, models.CASCADE)
    body = models.ForeignKey(Body, models.CASCADE)
    result = models.CharField(max_length=25)
    position = models.CharField(max_length=15)
    due_on = models.DateField(null=True)
    next_due_on = models.DateField(null=True)
    assessed_on = models.DateField(null=True)

    def __str__(self):
        return f"{self.provision}/{self.body}"


class History(models.Model):
    commitment = models.ForeignKey(Commitment, models.CASCADE)
    at = models.DateTimeField(auto_now_add=True)
    before = models.CharField(max_length=25)
    after = models.CharField(max_length=25)

    def __str__(self):
        return f"{self.commitment} {self.at}"


class Report(models.Model):
    POSITIONS = ["planned", "under_way", "completed", "not_applicable", "overtaken"]

    commitment = models.ForeignKey(Commitment, models.CASCADE)
    position = models.CharField(max_length=15, choices=[(each, each) for each in POSITIONS])
    text = models.TextField()

    def __str__(self):
        return f"{self.commitment} {self.position}"
